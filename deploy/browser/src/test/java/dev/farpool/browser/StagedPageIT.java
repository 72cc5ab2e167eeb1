package dev.farpool.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.farpool.v1.GetActivityResponse;
import dev.farpool.v1.GetStatusResponse;
import dev.farpool.v1.GetTaskResponse;
import dev.farpool.v1.ListTasksResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** The page of clusters that are large, empty, gone, or named by somebody with bad intentions. */
@Timeout(90)
class StagedPageIT {
  private static final String LIVE = "document.querySelector('#link.live')";

  private static Browser browser;
  private StagedCluster cluster;

  @BeforeAll
  static void startBrowser() throws Exception {
    assumeTrue(Browser.isInstalled(), "there is no chromium with chromedriver in /usr/bin");
    browser = Browser.start();
  }

  @AfterAll
  static void stopBrowser() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void stage() throws Exception {
    cluster = new StagedCluster();
    browser.resize(1280, 900, 1);
  }

  @AfterEach
  void unstage() {
    browser.open("about:blank");
    cluster.close();
  }

  private void open() {
    browser.open(cluster.url());
    browser.await(LIVE);
  }

  private static long number(String expression) {
    return ((Number) browser.evaluate(expression)).longValue();
  }

  @Test
  void anEmptyClusterSaysWhatToDoNext() {
    open();

    assertTrue(
        browser.text("#workers").contains("farpool worker --coordinator 127.0.0.1:7400"),
        () -> browser.text("#workers"));
    assertTrue(browser.text("#pools").contains("farpool exec"), () -> browser.text("#pools"));
    assertEquals("No task has failed lately.", browser.text("#failures"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void aThousandWorkersAreAWindowThatCanBeTurnedAndNarrowed() {
    Stages.fill(cluster);
    open();

    assertEquals(20, number("document.querySelectorAll('#workers > li').length"));
    assertTrue(number("document.querySelectorAll('*').length") < 2500);
    assertTrue(browser.text("#figures").contains("64,000"), () -> browser.text("#figures"));

    browser.click("#workers-pager [aria-label='Next workers']");
    browser.await("document.querySelector('[data-worker=w0020]')");
    browser.click("#find");
    browser.type("w0777");
    browser.await("document.querySelectorAll('#workers > li').length === 1");
    assertTrue(browser.text("#workers").contains("w0777"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void whatUsersNameIsShownAsText() {
    String evil = "<img src=x onerror=\"document.title='caught'\"><script>alert(1)</script>";
    Stages.nameEverything(cluster, evil);
    open();

    browser.await("document.querySelector('#failures .plain')");
    browser.click("#failures .plain");
    browser.await("document.querySelector('.output')?.textContent.includes('alert(1)')");

    assertEquals(0, number("document.querySelectorAll('img[src=x], body script').length"));
    assertTrue(browser.text("#workers").contains(evil), () -> browser.text("#workers"));
    assertTrue(browser.text("#pools").contains(evil), () -> browser.text("#pools"));
    assertTrue(browser.text(".output").contains(evil), () -> browser.text(".output"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void nothingIsWiderThanAPhone() {
    Stages.nameEverything(cluster, "a-name-without-any-place-to-break-it-".repeat(5));
    browser.resize(320, 640, 2);
    open();
    browser.await("document.querySelector('#failures .plain')");
    assertEquals(320, number("document.documentElement.scrollWidth"));

    Stages.fill(cluster);
    browser.await("document.querySelector('[data-worker=w0019]')");
    assertEquals(320, number("document.documentElement.scrollWidth"));
  }

  @Test
  void aLostConnectionIsToldSinceWhenAndForgottenWhenItIsBack() throws Exception {
    open();

    cluster.vanish();
    browser.await("!document.querySelector('#lost').hidden");
    assertTrue(
        browser
            .text("#lost")
            .matches("No answer from the coordinator since \\d\\d:\\d\\d:\\d\\d.*"),
        () -> browser.text("#lost"));

    cluster.comeBack();
    browser.await(LIVE + " && document.querySelector('#lost').hidden");
    browser.complaints(); // Of the requests that failed.
  }

  @Test
  void theSearchOpensATaskAndEscapeCloses() {
    Stages.fill(cluster);
    cluster.say(GetTaskResponse.newBuilder().setExplanation("it waits its turn").build());
    open();

    browser.type("/");
    assertEquals("find", browser.evaluate("document.activeElement.id"));
    browser.type("pool-7/12", Keys.ENTER);
    browser.await("document.querySelector('#sheet').open");
    browser.await("document.querySelector('#sheet').textContent.includes('it waits its turn')");
    browser.press(Keys.ESCAPE);
    browser.await("!document.querySelector('#sheet').open");
    browser.press(Keys.ESCAPE);
    assertEquals("BODY", browser.evaluate("document.activeElement.tagName"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void keysMoveInAList() {
    Stages.fill(cluster);
    open();
    browser.await("document.querySelector('[data-worker=w0003]') !== null");

    pressAndReach("j", "w0000");
    pressAndReach("j", "w0001");
    pressAndReach(Keys.ARROW_DOWN, "w0002");
    pressAndReach("k", "w0001");
    browser.press(Keys.ENTER);
    assertEquals("true", browser.evaluate("document.activeElement.getAttribute('aria-expanded')"));
    assertEquals(List.of(), browser.complaints());
  }

  /** Waits for the focus, for the next key goes to whatever has it. */
  private static void pressAndReach(CharSequence key, String worker) {
    browser.type(key);
    browser.await(
        "document.activeElement.closest('[data-worker]')?.dataset.worker === '" + worker + "'");
  }

  @Test
  void whoPrefersDarkGetsDark() {
    open();
    String background = "getComputedStyle(document.body).backgroundColor";

    browser.prefer("dark");
    assertEquals("rgb(14, 19, 24)", browser.evaluate(background));

    browser.prefer("light");
    assertEquals("rgb(244, 246, 248)", browser.evaluate(background));
  }

  @Test
  void aPageThatIsNotSeenAsksForNothing() {
    cluster.say(
        GetStatusResponse.getDefaultInstance(),
        GetActivityResponse.getDefaultInstance(),
        ListTasksResponse.getDefaultInstance());
    open();

    browser.evaluate(
        "(Object.defineProperty(document, 'hidden', { get: () => true }),"
            + " document.dispatchEvent(new Event('visibilitychange')), true)");
    long asked = number("performance.getEntriesByType('resource').length");
    browser.evaluate("(window.wait = 0, setInterval(() => window.wait++, 100), true)");
    browser.await("window.wait > 15");

    assertTrue(number("performance.getEntriesByType('resource').length") <= asked + 4);
  }
}
