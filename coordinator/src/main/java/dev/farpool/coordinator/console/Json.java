package dev.farpool.coordinator.console;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes JSON objects. */
final class Json {
  private Json() {}

  /** What is between the braces. */
  @FunctionalInterface
  interface Body {
    void write(JsonWriter json) throws IOException;
  }

  static String of(Body body) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      body.write(json);
      json.endObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("a text took no more", impossible);
    }
    return text.toString();
  }
}
