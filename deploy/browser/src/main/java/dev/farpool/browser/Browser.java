package dev.farpool.browser;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.ScriptTimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium with a profile of its own and one page. Not thread-safe. */
public final class Browser implements AutoCloseable {
  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");

  /**
   * It warns of each Chromium that is newer than itself, though what is used here stays the same.
   */
  private static final Logger VERSIONS = Logger.getLogger("org.openqa.selenium.devtools");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final List<String> OPTIONS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--hide-scrollbars");

  private final Path profile;
  private final ChromeDriver driver;

  private Browser(Path profile, ChromeDriver driver) {
    this.profile = profile;
    this.driver = driver;
  }

  /** Whether there is one on this machine. */
  public static boolean isInstalled() {
    return CHROMIUM.canExecute() && DRIVER.canExecute();
  }

  /** Starts it. */
  public static Browser start() throws IOException {
    VERSIONS.setLevel(Level.SEVERE);
    Path profile = Files.createTempDirectory("farpool-browser");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments(OPTIONS);
    options.addArguments("--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
    return new Browser(profile, driver);
  }

  /** Opens a page. */
  public void open(String url) {
    driver.get(url);
  }

  /** Makes the page so many CSS pixels large; a phone's has a sharper screen. */
  public void resize(int width, int height, int pixelRatio) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width", width,
            "height", height,
            "deviceScaleFactor", pixelRatio,
            "mobile", width < 500));
  }

  /** Has the page believe that its user prefers light or dark. */
  public void prefer(String scheme) {
    Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /**
   * Waits for a condition of the page.
   *
   * @param condition in JavaScript
   */
  public void await(String condition) {
    String wait =
        "const done = arguments[0];"
            + "const look = () => { if ("
            + condition
            + ") { done(); } else { setTimeout(look, 30); } };"
            + "look();";
    try {
      driver.executeAsyncScript(wait);
    } catch (ScriptTimeoutException never) {
      throw new AssertionError(
          "not within " + PATIENCE + ": " + condition + "\n" + text("body"), never);
    }
  }

  /** The value of an expression in JavaScript. */
  public Object evaluate(String expression) {
    return driver.executeScript("return " + expression);
  }

  /** The text of the first element of a kind, as a person sees it. */
  public String text(String selector) {
    return driver.findElement(By.cssSelector(selector)).getText();
  }

  /** Clicks on the first element of a kind. */
  public void click(String selector) {
    driver.findElement(By.cssSelector(selector)).click();
  }

  /** Clicks on the button with this label. */
  public void pressButton(String label) {
    driver.findElement(By.xpath("//button[normalize-space()='" + label + "']")).click();
  }

  /** Types, wherever the focus is. */
  public void type(CharSequence... keys) {
    WebElement focused = driver.switchTo().activeElement();
    focused.sendKeys(keys);
  }

  /** Presses a key that has a name. */
  public void press(Keys key) {
    type(key);
  }

  /** What the page complained of since this was last asked; a breach of its policy is among it. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** A picture of what is in the window, as PNG. */
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() throws IOException {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
