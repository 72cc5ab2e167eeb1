package dev.farpool.coordinator.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** One request, written as it goes over the wire, so that it can be a bad one. */
record RawHttp(int status, Map<String, String> headers, byte[] content) {
  private static final int PATIENCE_MILLIS = 10_000;

  static RawHttp get(int port, String path, String... headers) throws IOException {
    return send(port, "GET", path, "", headers);
  }

  static RawHttp post(int port, String path, String json, String... headers) throws IOException {
    String[] all = new String[headers.length + 1];
    all[0] = "Content-Type: application/json";
    System.arraycopy(headers, 0, all, 1, headers.length);
    return send(port, "POST", path, json, all);
  }

  /** Headers given win over the usual ones. */
  static RawHttp send(int port, String method, String path, String body, String... headers)
      throws IOException {
    Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sent.put("Host", "127.0.0.1:" + port);
    if (!body.isEmpty()) {
      sent.put("Content-Length", Integer.toString(body.length()));
    }
    for (String header : headers) {
      sent.put(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
    }
    StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close");
    sent.forEach((name, value) -> text.append("\r\n").append(name).append(": ").append(value));
    text.append("\r\n\r\n").append(body);
    try (Socket socket = open(port)) {
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      return parse(socket.getInputStream().readAllBytes());
    }
  }

  static Socket open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static RawHttp parse(byte[] answer) {
    String all = new String(answer, StandardCharsets.ISO_8859_1);
    int end = all.indexOf("\r\n\r\n");
    String[] lines = all.substring(0, end).split("\r\n");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    byte[] content = all.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    return new RawHttp(Integer.parseInt(lines[0].split(" ")[1]), headers, content);
  }

  /** The content as text, unpacked if it was packed. */
  String text() throws IOException {
    if (!"gzip".equals(headers.get("content-encoding"))) {
      return new String(content, StandardCharsets.UTF_8);
    }
    try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
