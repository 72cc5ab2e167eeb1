package dev.farpool.cli.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;

/**
 * One JSON object a line. What a message tells as {@code key=value} are members of their own, which
 * Logback's encoder for JSON would leave in one text.
 */
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};
  private static final int MILLIS = 3;
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(MILLIS).toFormatter();

  private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
  private final ThrowableProxyConverter stackTraces = new ThrowableProxyConverter();

  @Override
  public void start() {
    stackTraces.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    JsonObject line = new JsonObject();
    line.addProperty("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    line.addProperty("level", event.getLevel().toString());
    line.addProperty("logger", simpleName(event.getLoggerName()));
    line.addProperty("thread", event.getThreadName());
    line.addProperty("message", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      line.addProperty("exception", stackTraces.convert(event));
    }
    Map<String, Object> fields = MessageFields.of(event.getMessage(), event.getArgumentArray());
    fields.forEach((key, value) -> add(line, key, value));
    return (gson.toJson(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void add(JsonObject line, String key, Object value) {
    if (line.has(key)) {
      return; // It is in the message, too.
    }
    if (value instanceof Number number) {
      line.addProperty(key, number);
    } else if (value instanceof Boolean truth) {
      line.addProperty(key, truth);
    } else {
      line.addProperty(key, String.valueOf(value));
    }
  }

  private static String simpleName(String logger) {
    return logger.substring(logger.lastIndexOf('.') + 1);
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
