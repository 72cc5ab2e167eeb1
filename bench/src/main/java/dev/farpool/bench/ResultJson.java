package dev.farpool.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** A result as JSON for programs, and for comparing it later. */
public final class ResultJson {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private static final String NO_RESULT = " is no result of farpool bench --json of this version";

  private ResultJson() {}

  /** One JSON object. */
  public static String of(BenchResult result) {
    return GSON.toJson(result);
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @throws IllegalArgumentException that says what is wrong with the file
   */
  public static BenchResult read(Path file) {
    BenchResult result = parse(file);
    if (!isComplete(result)) {
      throw new IllegalArgumentException(file + NO_RESULT);
    }
    return result;
  }

  private static BenchResult parse(Path file) {
    try {
      return GSON.fromJson(Files.readString(file), BenchResult.class);
    } catch (JsonParseException | MalformedInputException other) {
      throw new IllegalArgumentException(file + NO_RESULT, other);
    } catch (NoSuchFileException missing) {
      throw new IllegalArgumentException("there is no file " + file, missing);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          file + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private static boolean isComplete(BenchResult result) {
    return result != null
        && BenchResult.FORMAT.equals(result.format())
        && Stream.of(result.version(), result.date(), result.java(), result.os())
            .allMatch(Objects::nonNull)
        && result.settings() != null
        && result.figures() != null
        && result.figures().stream().allMatch(ResultJson::isComplete);
  }

  private static boolean isComplete(Summary figure) {
    return figure != null
        && Stream.of(figure.workload(), figure.figure(), figure.unit()).allMatch(Objects::nonNull);
  }
}
