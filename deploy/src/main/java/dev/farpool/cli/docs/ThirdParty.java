package dev.farpool.cli.docs;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists the libraries of a bill of materials with their licences, for people. */
public final class ThirdParty {
  private static final String OURS = "dev.farpool";

  /** What is no name of the list of licences that everybody uses. */
  private static final Map<String, String> NAMES =
      Map.of("GNU Lesser General Public License", "LGPL-2.1");

  /** JLine says "The BSD License", of which there are several, and the bill takes the oldest. */
  private static final Map<String, String> CORRECTED = Map.of("org.jline", "BSD-3-Clause");

  private ThirdParty() {}

  /**
   * The list; where a library has several licences anybody may choose.
   *
   * @param bill in the form of CycloneDX
   */
  public static String of(JsonObject bill) {
    List<String> lines = new ArrayList<>();
    for (JsonElement element : bill.getAsJsonArray("components")) {
      JsonObject component = element.getAsJsonObject();
      String group = text(component, "group");
      if (!group.equals(OURS)) {
        String name = group + ":" + text(component, "name") + ":" + text(component, "version");
        lines.add(name + " (" + licences(group, component) + ")");
      }
    }
    lines.sort(null);
    return "The libraries in lib, and their licences; the texts are beside this file.\n\n"
        + String.join("\n", lines)
        + "\n";
  }

  private static String licences(String group, JsonObject component) {
    if (CORRECTED.containsKey(group)) {
      return CORRECTED.get(group);
    }
    List<String> names = new ArrayList<>();
    JsonArray licences = component.getAsJsonArray("licenses");
    for (JsonElement element : licences == null ? new JsonArray() : licences) {
      JsonObject choice = element.getAsJsonObject();
      if (choice.has("expression")) {
        names.add(text(choice, "expression"));
      } else {
        JsonObject licence = choice.getAsJsonObject("license");
        String name = text(licence, licence.has("id") ? "id" : "name");
        names.add(NAMES.getOrDefault(name, name));
      }
    }
    return String.join(" OR ", names);
  }

  private static String text(JsonObject object, String name) {
    return object.get(name).getAsString();
  }
}
