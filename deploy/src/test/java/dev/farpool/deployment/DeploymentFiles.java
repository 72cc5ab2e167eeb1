package dev.farpool.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the files that deployments are made of. */
final class DeploymentFiles {
  private DeploymentFiles() {}

  /** The documents of a YAML file; a key that stands there twice is an error. */
  static List<Map<String, Object>> documents(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Iterable<Object> documents =
        new Yaml(new SafeConstructor(options)).loadAll(Files.readString(file));
    Stream.Builder<Map<String, Object>> maps = Stream.builder();
    documents.forEach(document -> maps.add(map(document)));
    return maps.build().toList();
  }

  /** What is at a path of keys. */
  static Object at(Object tree, String... keys) {
    Object place = tree;
    for (String key : keys) {
      place = map(place).get(key);
      if (place == null) {
        throw new AssertionError("there is no " + key + " of " + List.of(keys) + " in " + tree);
      }
    }
    return place;
  }

  @SuppressWarnings("unchecked") // Keys that are no texts would be found out by who asks for them.
  static Map<String, Object> map(Object tree) {
    return (Map<String, Object>) tree;
  }

  static List<?> list(Object tree) {
    return (List<?>) tree;
  }

  /** {@code 75s} or {@code 5m}, or plain seconds. */
  static long seconds(Object span) {
    String text = span.toString();
    return text.endsWith("m")
        ? Long.parseLong(text.substring(0, text.length() - 1)) * 60
        : Long.parseLong(text.replaceFirst("s$", ""));
  }
}
