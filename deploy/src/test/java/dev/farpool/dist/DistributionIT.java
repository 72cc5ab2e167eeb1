package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What lies beside the jars of the distribution. */
class DistributionIT {
  private static final Path HOME = Path.of(System.getProperty("farpool.distribution"));
  private static final Path LICENSES = HOME.resolve("licenses");
  private static final Pattern ARTIFACT = Pattern.compile("\\S+:(\\S+):(\\S+) \\((.*)\\)");

  @Test
  void billOfMaterialsNamesEveryJar() throws IOException {
    String text = Files.readString(HOME.resolve("farpool-sbom.json"));
    JsonObject bill = JsonParser.parseString(text).getAsJsonObject();
    Set<String> named = new TreeSet<>();
    for (JsonElement component : bill.getAsJsonArray("components")) {
      JsonObject each = component.getAsJsonObject();
      named.add(each.get("name").getAsString() + "-" + each.get("version").getAsString());
    }

    assertEquals("CycloneDX", bill.get("bomFormat").getAsString());
    Set<String> missing = jars(jar -> !jar.startsWith("farpool-deploy-"));
    missing.removeAll(named);
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyJarOfOthersHasALicenceWithItsText() throws IOException {
    Set<String> told = new TreeSet<>();
    String list = Files.readString(LICENSES.resolve("THIRD-PARTY.txt"));
    for (MatchResult artifact : ARTIFACT.matcher(list).results().toList()) {
      assertTrue(hasText(artifact), () -> "licenses has no text for " + artifact.group());
      told.add(artifact.group(1) + "-" + artifact.group(2));
    }

    Set<String> missing = jars(jar -> !jar.startsWith("farpool-"));
    missing.removeAll(told);
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyCommandHasItsManualPage() throws IOException {
    Path pages = HOME.resolve("share/man/man1");
    String root = Files.readString(pages.resolve("farpool.1"));

    assertTrue(Files.readString(pages.resolve("farpool-worker.1")).contains("\\-\\-cores"));
    Set<String> missing =
        Pattern.compile("(?m)^\\.TP\n\\\\fBfarpool ([\\w\\\\-]+)\\\\fR$")
            .matcher(root)
            .results()
            .map(command -> "farpool-" + command.group(1).replace("\\", "") + ".1")
            .filter(page -> !Files.exists(pages.resolve(page)))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), missing);
  }

  /** Where there are several licences anybody may choose. */
  private static boolean hasText(MatchResult artifact) {
    return Stream.of(artifact.group(3).split(" OR "))
        .anyMatch(licence -> Files.exists(LICENSES.resolve(licence + ".txt")));
  }

  private interface Wanted {
    boolean is(String jar);
  }

  private static Set<String> jars(Wanted wanted) throws IOException {
    try (Stream<Path> files = Files.list(HOME.resolve("lib"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".jar", ""))
          .filter(wanted::is)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
