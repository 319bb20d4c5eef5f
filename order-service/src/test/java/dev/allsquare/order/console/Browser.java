package dev.allsquare.order.console;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium that speaks with nobody but us. */
final class Browser implements AutoCloseable {

  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ChromeDriver driver;
  private final String root;

  Browser(String root) {
    this.root = root;
    var options = new ChromeOptions();
    options.setBinary(chromium().orElseThrow().toFile());
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--user-data-dir=" + profile());
    var service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver().orElseThrow())
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().window().setSize(new Dimension(1280, 1000));
  }

  /** Whether this machine has what is needed. */
  static boolean isThere() {
    return chromium().isPresent() && chromedriver().isPresent();
  }

  private static Optional<Path> chromium() {
    return onPath("chromium", "chromium-browser", "google-chrome");
  }

  private static Optional<File> chromedriver() {
    return onPath("chromedriver").map(Path::toFile);
  }

  private static Optional<Path> onPath(String... names) {
    var folders =
        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1);
    return Stream.of(names)
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path profile() {
    try {
      return Files.createTempDirectory("console-profile");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Browser open(String path) {
    driver.get(root + path);
    return this;
  }

  String path() {
    return driver.getCurrentUrl().substring(root.length());
  }

  WebElement see(String css) {
    return new WebDriverWait(driver, PATIENCE)
        .until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(css)));
  }

  /** Waits until what is there says so; what is fetched again and again may change on the way. */
  void seeText(String css, String text) {
    new WebDriverWait(driver, PATIENCE)
        .until(
            ExpectedConditions.refreshed(
                ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(css), text)));
  }

  Browser type(String name, String text) {
    var input = see("input[name='" + name + "']:not([type=hidden])");
    input.clear();
    input.sendKeys(text);
    return this;
  }

  void click(String css) {
    see(css).click();
  }

  /** What the console of the browser complains about, such as a breach of the policy. */
  List<String> complaints() {
    return driver.manage().logs().get("browser").getAll().stream()
        .map(entry -> entry.getMessage())
        .filter(
            message -> message.contains("Content Security Policy") || message.contains("Refused"))
        .toList();
  }

  /** Takes a picture in light, in dark, and on a phone. */
  void picture(String name) {
    for (var scheme : List.of("light", "dark")) {
      colours(scheme);
      save(name + "-" + scheme);
    }
    colours("light");
    driver.manage().window().setSize(new Dimension(500, 900));
    save(name + "-phone");
    driver.manage().window().setSize(new Dimension(1280, 1000));
  }

  private void colours(String scheme) {
    var feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  private void save(String name) {
    try {
      Files.createDirectories(SHOTS);
      Files.write(SHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
