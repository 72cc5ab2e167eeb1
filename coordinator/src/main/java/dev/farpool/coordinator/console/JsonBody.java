package dev.farpool.coordinator.console;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/** The object that a POST brings. */
record JsonBody(JsonObject fields) {
  private static final int LONGEST = 1000;

  /**
   * Reads it.
   *
   * @throws HttpRefusal if it is none
   */
  static JsonBody of(HttpRequest request) {
    try {
      JsonElement element = JsonParser.parseString(request.body());
      if (element.isJsonObject()) {
        return new JsonBody(element.getAsJsonObject());
      }
    } catch (JsonParseException malformed) {
      throw new HttpRefusal(
          HttpRefusal.BAD_REQUEST, "the content is no JSON: " + malformed.getMessage());
    }
    throw new HttpRefusal(HttpRefusal.BAD_REQUEST, "the content must be a JSON object");
  }

  boolean has(String name) {
    return fields.has(name);
  }

  /**
   * A field that is a text.
   *
   * @throws HttpRefusal if it is not there, empty or too long
   */
  String text(String name) {
    JsonElement value = fields.get(name);
    if (value == null || !value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
      throw new HttpRefusal(HttpRefusal.BAD_REQUEST, name + " must be a text");
    }
    String text = value.getAsString();
    if (text.isEmpty() || text.length() > LONGEST) {
      throw new HttpRefusal(
          HttpRefusal.BAD_REQUEST, name + " must have 1 to " + LONGEST + " characters");
    }
    return text;
  }

  /**
   * A field that is a whole number of at least 0.
   *
   * @throws HttpRefusal if it is none
   */
  long count(String name) {
    JsonElement value = fields.get(name);
    if (value != null && value.isJsonPrimitive() && value.getAsString().matches("\\d{1,18}")) {
      return value.getAsLong();
    }
    throw new HttpRefusal(HttpRefusal.BAD_REQUEST, name + " must be a number of at least 0");
  }
}
