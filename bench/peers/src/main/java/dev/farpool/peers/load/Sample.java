package dev.farpool.peers.load;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;

/**
 * One measured value; a line of JSON between processes.
 *
 * @param workload named as in {@code farpool bench}
 * @param figure what of it, unique within the workload
 * @param unit for example {@code tasks/s}
 */
public record Sample(String workload, String figure, String unit, double value) {
  private static final Gson GSON = new Gson();

  /** One line of JSON. */
  public String toJson() {
    return GSON.toJson(this);
  }

  /** Tells it to the process that started this one. */
  public void print() {
    System.out.println(toJson());
  }

  /**
   * The sample in such a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Sample parse(String line) {
    try {
      Sample sample = GSON.fromJson(line, Sample.class);
      if (sample != null && sample.workload != null && sample.figure != null) {
        return sample;
      }
    } catch (JsonSyntaxException ignored) {
      // Told below, with the line.
    }
    throw new IllegalArgumentException("not a sample: " + line);
  }
}
