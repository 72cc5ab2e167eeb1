package dev.farpool.peers;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import dev.farpool.peers.load.Sample;
import dev.farpool.peers.process.Children;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Farpool's coordinator under a thousand simulated workers, or with a long queue, through {@code
 * bench/scale/run}. How much effort others take does not matter to it.
 *
 * @param name as it is asked for
 * @param workload the first word of its figures
 * @param run the command
 * @param arguments what to measure
 * @param prefix of the figures that count; the others are left out
 */
record ScalePeer(String name, String workload, Path run, List<String> arguments, String prefix)
    implements Peer {

  @Override
  public List<Sample> measure(Children children, Effort effort)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(Stream.concat(Stream.of(run.toString()), arguments.stream()).toList());
    command.add("--json");
    return samples(String.join("\n", children.start(name, command).lines(Effort.VISIT)));
  }

  List<Sample> samples(String json) {
    try {
      return new Gson()
          .fromJson(json, ScaleJson.class).figures.stream()
              .filter(figure -> figure.name().startsWith(prefix))
              .map(figure -> figure.toSample(workload, prefix))
              .toList();
    } catch (JsonSyntaxException | NullPointerException unreadable) {
      throw new IllegalStateException("not what bench/scale/run prints: " + json, unreadable);
    }
  }

  private record ScaleFigure(String name, String unit, double value) {
    Sample toSample(String workload, String prefix) {
      return new Sample(workload, name.substring(prefix.length()), unit, value);
    }
  }

  private record ScaleJson(List<ScaleFigure> figures) {}
}
