package dev.farpool.coordinator.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of the page. They hold no secret, so that whoever has no token yet can log in. */
final class Assets implements Resource {
  private static final String PAGE = "index.html";

  private static final List<String> NAMES =
      List.of(
          PAGE,
          "icon.svg",
          "theme.css",
          "layout.css",
          "controls.css",
          "figures.css",
          "lists.css",
          "sheet.css");

  private static final List<String> SCRIPTS =
      List.of(
          "api.js",
          "chart.js",
          "confirm.js",
          "connection.js",
          "dom.js",
          "facts.js",
          "failures.js",
          "format.js",
          "history.js",
          "keyboard.js",
          "lanes.js",
          "login.js",
          "main.js",
          "overview.js",
          "pager.js",
          "poller.js",
          "pool.js",
          "pools.js",
          "search.js",
          "sheet.js",
          "task.js",
          "timeline.js",
          "workers.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, HttpReply> files = new HashMap<>();

  Assets() {
    NAMES.forEach(name -> files.put(name, load(name)));
    SCRIPTS.forEach(name -> files.put(name, load(name)));
  }

  @Override
  public HttpReply answer(HttpRequest request) {
    String name = request.path().isEmpty() ? PAGE : String.join("/", request.path());
    HttpReply file = files.get(name);
    if (file == null) {
      throw new HttpRefusal(
          HttpRefusal.NOT_FOUND, "there is nothing at /" + name + "; the console is at /");
    }
    return file;
  }

  private static HttpReply load(String name) {
    try (InputStream file = Assets.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      String suffix = name.substring(name.lastIndexOf('.') + 1);
      return HttpReply.content(TYPES.get(suffix), file.readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + name + " of the jar", broken);
    }
  }
}
