package dev.farpool.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFilesTest {
  @TempDir Path root;

  @Test
  void peakIsThatOfTheProcess() throws IOException {
    Files.createDirectory(root.resolve("42"));
    Files.writeString(
        root.resolve("42").resolve("status"), "Name:\tjava\nVmHWM:\t   52180 kB\nVmRSS:\t 7 kB\n");

    assertEquals(OptionalLong.of(52_180), new ProcFiles(root).peakKib(42));
  }

  @Test
  void thereIsNoPeakWithoutTheFile() {
    assertEquals(OptionalLong.empty(), new ProcFiles(root).peakKib(42));
  }

  @Test
  void meterSaysWhyThereIsNoPeak() {
    ProcessMeter meter = ProcessMeter.of(Map.of(), new ProcFiles(root));

    assertEquals(
        List.of(new LeftOut("noop", "peak client", root + "/PID/status does not tell it")),
        meter.leftOut("noop"));
  }
}
