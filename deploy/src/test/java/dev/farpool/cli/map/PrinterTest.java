package dev.farpool.cli.map;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PrinterTest {
  private static final int MEMORY = 1000;

  @TempDir Path temp;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<Long> left = Collections.synchronizedList(new ArrayList<>());
  private final List<IOException> broken = Collections.synchronizedList(new ArrayList<>());

  private Printer printer(boolean keepOrder, OutputStream target) {
    Printer printer =
        new Printer(
            keepOrder,
            target,
            err,
            null,
            new Printer.Target() {
              @Override
              public void beforeOutput() {}

              @Override
              public void left(Job job) {
                left.add(job.place());
              }

              @Override
              public void broken(IOException cause) {
                broken.add(cause);
              }
            });
    printer.start();
    return printer;
  }

  private static Job job(OutputStore store, long place, String stdout, String stderr) {
    Job job = new Job(place + 1, place, 0, List.of("true"), new JobOutput(store));
    job.output().add(false, ByteString.copyFromUtf8(stdout));
    job.output().add(true, ByteString.copyFromUtf8(stderr));
    job.ended(new Ending(0, 0, ""), 0);
    return job;
  }

  @Test
  void orderIsThatOfTheInputWhereItIsToBeKept() throws Exception {
    try (OutputStore store = new OutputStore(MEMORY, temp)) {
      Printer printer = printer(true, out);
      for (long place : new long[] {2, 0, 3, 1}) {
        printer.ended(job(store, place, "out" + place + "\n", "err" + place + "\n"));
      }
      printer.finish();
    }

    assertEquals("out0\nout1\nout2\nout3\n", out.toString(StandardCharsets.UTF_8));
    assertEquals("err0\nerr1\nerr2\nerr3\n", err.toString(StandardCharsets.UTF_8));
    assertEquals(List.of(0L, 1L, 2L, 3L), left);
  }

  @Test
  void whatDoesNotFitIntoMemoryComesBackWhole() throws Exception {
    StringBuilder expected = new StringBuilder();
    try (OutputStore store = new OutputStore(MEMORY, temp)) {
      Printer printer = printer(true, out);
      for (int round = 0; round < 2; round++) {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
          String text = ("job " + i + "\n").repeat(100 + 900 * i);
          Job job = job(store, 5 * round + i, "", "");
          for (int at = 0; at < text.length(); at += 77) {
            String piece = text.substring(at, Math.min(text.length(), at + 77));
            job.output().add(false, ByteString.copyFromUtf8(piece));
          }
          jobs.add(0, job);
          expected.append(text);
        }
        jobs.forEach(printer::ended);
      }
      printer.finish();
    }

    assertEquals(expected.toString(), out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void jobsThatWereNotRunHoldUpNobody() throws Exception {
    try (OutputStore store = new OutputStore(MEMORY, temp)) {
      Printer printer = printer(true, out);
      printer.ended(job(store, 1, "b\n", ""));
      printer.ended(new Job(1, 0, 0, List.of("true"), new JobOutput(store)));
      printer.ended(job(store, 7, "after a gap\n", ""));
      printer.finish();
    }

    assertEquals("b\nafter a gap\n", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void jobsLeaveAlsoWhenNobodyReadsTheirOutput() throws Exception {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    try (OutputStore store = new OutputStore(MEMORY, temp)) {
      Printer printer = printer(false, closed);
      for (int place = 0; place < 3; place++) {
        printer.ended(job(store, place, "x\n", ""));
      }
      printer.finish();
    }

    assertEquals(3, left.size());
    assertEquals(1, broken.size());
    assertEquals(0, err.size());
  }
}
