package dev.farpool.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Place;
import dev.farpool.chaos.kit.Sandbox;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of a coordinator with two workers, all of them processes of the distribution. */
@Timeout(120)
class ConsoleIT {
  private static Sandbox sandbox;
  private static Browser browser;
  private static String address;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Browser.isInstalled(), "there is no chromium with chromedriver in /usr/bin");
    sandbox = new Sandbox();
    Launched coordinator =
        sandbox.coordinator(Place.HERE, "127.0.0.1:0", "--console", "127.0.0.1:0");
    address = Sandbox.address(coordinator);
    sandbox.worker(address, "w1", 1);
    sandbox.worker(address, "w2", 1);
    browser = Browser.start();
    browser.resize(1280, 900, 1);
    browser.open(coordinator.awaitLine("farpool coordinator: console at (.*)").group(1));
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static Launched exec(String script) throws Exception {
    return sandbox.farpool("exec", "--coordinator", address, "--", "sh", "-c", script);
  }

  private static String has(String selector, String text) {
    return "[...document.querySelectorAll('"
        + selector
        + "')].some(each => each.textContent.includes('"
        + text
        + "'))";
  }

  @Test
  void aTaskAppearsWhileItRunsAndItsOutputBesideIt() throws Exception {
    browser.await("document.querySelectorAll('[data-worker]').length === 2");
    browser.await(has("#pools", "No pools."));

    Launched task = exec("echo at work; exec sleep 600");
    browser.await("document.querySelector('.slots li .plain:not([hidden])')");
    browser.await("document.querySelector('[data-pool]')");
    browser.click(".slots li .plain:not([hidden])");

    browser.await(has("#sheet .output", "at work"));
    browser.await(has("#sheet .chip", "running"));
    browser.pressButton("Cancel task");
    browser.pressButton("End it now?");
    browser.await(has("#sheet .chip", "cancelled"));
    browser.evaluate("document.querySelector('#sheet').close()");
    task.exits(1);
    browser.await(has("#pools", "No pools."));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void aFailureIsThereWithItsCause() throws Exception {
    exec("echo gone wrong >&2; exit 7").exits(7);

    browser.await(has("#failures li p", "exited with code 7"));
    browser.click("#failures .plain");
    browser.await(has("#sheet .output .err", "gone wrong"));
    browser.evaluate("document.querySelector('#sheet').close()");
    browser.await(has("#figures .alarm", "1"));
    assertTrue(browser.text("#failures").contains("on w"), () -> browser.text("#failures"));
    assertEquals(List.of(), browser.complaints());
  }
}
