package dev.farpool.coordinator.console;

import dev.farpool.coordinator.access.Principal;
import java.util.List;
import java.util.Map;

/**
 * What is asked, by someone who may ask it.
 *
 * @param caller who asks
 * @param token with which the caller proved it; empty where none is needed
 * @param path the segments after the resource's own path, decoded
 * @param query the parameters, decoded; of several with a name the last
 * @param body of a POST; empty otherwise
 */
record HttpRequest(
    Principal caller, String token, List<String> path, Map<String, String> query, String body) {

  /**
   * A parameter that is a number.
   *
   * @throws HttpRefusal if it is none, or not from 0 to the most that is allowed
   */
  int number(String name, int otherwise, int most) {
    String text = query.get(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > most) {
      throw new HttpRefusal(
          HttpRefusal.BAD_REQUEST, name + " must be a number from 0 to " + most + ", not " + text);
    }
    return Integer.parseInt(text);
  }

  /** A parameter that is a text; empty if it is not there. */
  String text(String name) {
    return query.getOrDefault(name, "");
  }
}
