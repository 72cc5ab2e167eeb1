package dev.farpool.executor.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.farpool.executor.wire.WireWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Commands are told the span that they belong to. */
class CommandTraceTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String run(TaskTrace trace, byte[]... variables) throws Exception {
    WireWriter command = new WireWriter();
    for (String word : new String[] {"sh", "-c", "printf %s,%s \"$TRACEPARENT\" \"$TRACESTATE\""}) {
      command.bytes(1, word.getBytes(StandardCharsets.UTF_8));
    }
    for (byte[] variable : variables) {
      command.bytes(2, variable);
    }
    new CommandTask("CommandTraceTest", Path.of(""), out, out).run(0, command.toByteArray(), trace);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static byte[] variable(String name, String value) {
    return new WireWriter()
        .bytes(1, name.getBytes(StandardCharsets.UTF_8))
        .bytes(2, value.getBytes(StandardCharsets.UTF_8))
        .toByteArray();
  }

  @Test
  void itIsInTheirEnvironment() throws Exception {
    assertEquals(PARENT + ",rojo=1", run(new TaskTrace(PARENT, "rojo=1")));
  }

  @Test
  void whatTheClientSetsItselfCounts() throws Exception {
    assertEquals("mine,", run(new TaskTrace(PARENT, ""), variable("TRACEPARENT", "mine")));
  }

  @Test
  void withoutOneThereIsNone() throws Exception {
    assertEquals(",", run(null));
  }

  @Test
  void itsPartsAreReadForTheApi() {
    TaskTrace trace = new TaskTrace(PARENT, "");

    assertEquals("0af7651916cd43dd8448eb211c80319c", trace.traceId());
    assertEquals("b7ad6b7169203331", trace.spanId());
    assertEquals(1, trace.flags());
  }

  @Test
  void withoutTheApiNothingIsDone() {
    assertNull(CurrentSpan.begin(new TaskTrace(PARENT, "")));
    CurrentSpan.end(null);
  }
}
