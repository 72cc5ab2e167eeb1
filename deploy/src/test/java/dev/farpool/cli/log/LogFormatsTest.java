package dev.farpool.cli.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The formats as the distribution's own configuration makes them. */
class LogFormatsTest {
  private static final String FORGED = "w\ntime=2026-01-01 level=ERROR event=worker_lost\u001b[2J";

  @Test
  void textIsTheDefault() {
    String line = written("", null, "event=worker_registered worker={} cores={}", "w1", 4);

    assertTrue(
        line.matches(
            "time=\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|[+-]\\d\\d:\\d\\d) level=INFO logger=LogFormatsTest"
                + " event=worker_registered worker=w1 cores=4\n"),
        line);
  }

  @Test
  void aHostThatIsOnNoNetworkIsNothingToWarnOf() {
    LoggerContext logging = new LoggerContext();
    LogConfiguration.configure(logging, Level.INFO, "text");

    assertFalse(logging.getLogger(LogConfiguration.HARDWARE_ADDRESS).isWarnEnabled());
  }

  @Test
  void whatAPeerSentCannotPretendToBeALineOfText() {
    String line = written("text", null, "event=worker_ended reason=\"{}\"", FORGED);

    assertEquals(1, line.lines().count(), line);
    assertTrue(line.contains("reason=\"w\\ntime=2026"), line);
    assertTrue(line.contains("\\u001b[2J"), line);
  }

  @Test
  void noLineOfAStackTraceLooksLikeAnEvent() {
    Exception cause = new IllegalStateException("cause\ntime=2026-01-01 level=ERROR");
    String lines = written("text", new RuntimeException(FORGED, cause), "event=call_failed");

    List<String> trace = lines.lines().skip(1).toList();
    assertTrue(trace.size() > 4, lines);
    assertTrue(trace.stream().allMatch(line -> line.startsWith("\t")), lines);
    assertFalse(lines.contains("\u001b"), lines);
  }

  @Test
  void jsonHasAMemberForEachFieldOfAMessage() {
    JsonObject line =
        json(null, "event=worker_registered worker={} host={} cores={}", "w1", FORGED, 4);

    assertEquals("INFO", line.get("level").getAsString());
    assertEquals("LogFormatsTest", line.get("logger").getAsString());
    assertEquals("worker_registered", line.get("event").getAsString());
    assertEquals("w1", line.get("worker").getAsString());
    assertEquals(FORGED, line.get("host").getAsString());
    assertEquals(4, line.get("cores").getAsInt());
  }

  @Test
  void whatAPeerSentMakesNoMemberOfJson() {
    JsonObject line = json(null, "event=worker_ended reason=\"{}\"", "x event=forged level=OFF");

    assertEquals("worker_ended", line.get("event").getAsString());
    assertEquals("INFO", line.get("level").getAsString());
    assertEquals("x event=forged level=OFF", line.get("reason").getAsString());
  }

  @Test
  void jsonTellsAnExceptionInOneMember() {
    JsonObject line = json(new IllegalStateException("broken"), "event=call_failed call={}", "a/B");

    String exception = line.get("exception").getAsString();
    assertTrue(exception.startsWith("java.lang.IllegalStateException: broken"), exception);
    assertTrue(exception.contains("\tat "), exception);
  }

  @Test
  void jsonOfAMessageWithoutFieldsHasTheMessage() {
    JsonObject line = json(null, "transport failed {}", "again");

    assertEquals("transport failed again", line.get("message").getAsString());
    assertFalse(line.has("event"));
  }

  private static JsonObject json(Throwable thrown, String pattern, Object... arguments) {
    String line = written("json", thrown, pattern, arguments);
    assertEquals(1, line.lines().count(), line);
    return JsonParser.parseString(line).getAsJsonObject();
  }

  private static String written(
      String format, Throwable thrown, String pattern, Object... arguments) {
    LoggerContext context = new LoggerContext();
    LogConfiguration.configure(context, Level.WARN, format);
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    ConsoleAppender<ILoggingEvent> appender =
        (ConsoleAppender<ILoggingEvent>) root.iteratorForAppenders().next();
    Logger logger = context.getLogger(LogFormatsTest.class);
    LoggingEvent event =
        new LoggingEvent(
            LogFormatsTest.class.getName(), logger, Level.INFO, pattern, thrown, arguments);
    String written = new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    context.stop();
    return written;
  }
}
