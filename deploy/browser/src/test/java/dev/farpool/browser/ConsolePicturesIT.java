package dev.farpool.browser;

import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Place;
import dev.farpool.chaos.kit.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes the pictures of the documentation; how to is in {@code docs/console.md}. */
@Timeout(300)
@EnabledIfSystemProperty(
    named = ConsolePicturesIT.DIRECTORY,
    matches = ".+",
    disabledReason = "pictures are taken by hand")
class ConsolePicturesIT {
  static final String DIRECTORY = "farpool.pictures";

  @Test
  void aBusyClusterInLightDarkAndOnAPhone() throws Exception {
    Path directory = Path.of(System.getProperty(DIRECTORY));
    Sandbox sandbox = new Sandbox();
    try (Browser browser = Browser.start()) {
      browser.resize(1280, 900, 1);
      browser.open(busyCluster(sandbox));
      for (int percent = 0; percent <= 40; percent += 10) {
        browser.await(
            "document.querySelector('#pools [aria-valuenow]')?.ariaValueNow >= " + percent);
      }
      browser.await("document.querySelector('#failures .plain')");
      Files.write(directory.resolve("console.png"), browser.picture());
      browser.prefer("dark");
      browser.evaluate("new Promise(done => setTimeout(done, 500))");
      Files.write(directory.resolve("console-dark.png"), browser.picture());
      browser.prefer("light");
      browser.resize(320, 1400, 2);
      browser.evaluate("new Promise(done => setTimeout(done, 1500))");
      Files.write(directory.resolve("console-phone.png"), browser.picture());
      browser.resize(1280, 900, 1);
      browser.click("#failures .plain");
      browser.await("document.querySelector('#sheet .output .err')");
      Files.write(directory.resolve("console-task.png"), browser.picture());
    } finally {
      sandbox.close();
    }
  }

  /** Two workers, two programs, one task that fails; gives the address of the console. */
  private static String busyCluster(Sandbox sandbox) throws Exception {
    Launched coordinator =
        sandbox.coordinator(Place.HERE, "127.0.0.1:7400", "--console", "127.0.0.1:7401");
    String address = Sandbox.address(coordinator);
    sandbox.worker(address, "alder", 4, "--label", "zone=north");
    sandbox.worker(address, "birch", 2);
    Path frames = sandbox.directory().resolve("frames");
    String numbers =
        IntStream.rangeClosed(1, 120).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    Files.writeString(frames, numbers + "\n");
    sandbox.farpool(
        "map",
        "--coordinator",
        address,
        "-j",
        "4",
        "-a",
        frames.toString(),
        "--",
        "sh",
        "-c",
        "sleep $(( {} % 4 + 1 )).{}");
    sandbox.example(address, "ManyTasks", "60", "2", "2700");
    sandbox.farpool(
        "exec",
        "--coordinator",
        address,
        "--",
        "sh",
        "-c",
        "echo reading /data/scene.obj; echo 'scene.obj: no such file' >&2; exit 2");
    return coordinator.awaitLine("farpool coordinator: console at (.*)").group(1);
  }
}
