package dev.farpool.cli.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThirdPartyTest {
  private static final String BILL =
      """
      {"components": [
        {"group": "org.b", "name": "both", "version": "2", "licenses": [
          {"license": {"id": "EPL-1.0"}},
          {"license": {"name": "GNU Lesser General Public License"}}]},
        {"group": "org.a", "name": "one", "version": "1.0", "licenses": [{"expression": "MIT"}]},
        {"group": "dev.farpool", "name": "farpool", "version": "3", "licenses": []}
      ]}
      """;

  @Test
  void everyLibraryOfOthersHasALineWithItsLicences() {
    String list = ThirdParty.of(JsonParser.parseString(BILL).getAsJsonObject());

    assertEquals(
        List.of("org.a:one:1.0 (MIT)", "org.b:both:2 (EPL-1.0 OR LGPL-2.1)"),
        list.lines().skip(2).toList());
  }
}
