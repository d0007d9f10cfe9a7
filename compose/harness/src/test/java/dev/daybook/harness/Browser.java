package dev.daybook.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Debian's Chromium without a window. The programs are named, so that Selenium looks for nothing and downloads nothing;
 * the profile is a new one that the driver makes.
 */
final class Browser implements AutoCloseable {
    static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final Duration WAIT = Duration.ofSeconds(30);

    private final ChromeDriver driver;
    private final Path screenshots;

    private Browser(ChromeDriver driver, Path screenshots) {
        this.driver = driver;
        this.screenshots = screenshots;
    }

    /**
     * @param target where the screenshots and the log of the driver are kept
     * @param scratch for the profile and whatever else the two programs leave behind
     */
    static Browser start(Path target, Path scratch) throws IOException {
        Path screenshots = Files.createDirectories(target.resolve("screenshots"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .withEnvironment(Map.of("TMPDIR", scratch.toString()))
                .withLogFile(target.resolve("chromedriver.log").toFile())
                .build();
        return new Browser(new ChromeDriver(service, options()), screenshots);
    }

    private static ChromeOptions options() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,900");
        return options;
    }

    void open(String url) {
        driver.get(url);
    }

    String url() {
        return driver.getCurrentUrl();
    }

    /** Presses a link or button that leads to another page, and waits until that page is there. */
    void follow(By what) {
        WebElement page = driver.findElement(By.tagName("html"));
        see(what).click();
        await().until(ExpectedConditions.stalenessOf(page));
    }

    void type(By field, String text) {
        WebElement element = see(field);
        element.clear();
        element.sendKeys(text);
    }

    /** Waits until the element is visible. */
    WebElement see(By what) {
        return await().until(ExpectedConditions.visibilityOfElementLocated(what));
    }

    String text(By what) {
        return see(what).getText();
    }

    List<String> texts(By what) {
        return driver.findElements(what).stream().map(WebElement::getText).toList();
    }

    /** Loads the page again until the condition holds: the console looks at the cluster at intervals. */
    void reloadUntilCount(By what, int count) {
        await().until(same -> {
            if (driver.findElements(what).size() == count) {
                return true;
            }
            driver.navigate().refresh();
            return false;
        });
    }

    /** Pictures of the page, light and dark; fails when the browser had anything to complain about since the last one. */
    void keep(String name) throws IOException {
        see(By.tagName("main"));
        shoot(name, "light");
        shoot(name, "dark");
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll())
                .as("what the browser reports about %s at %s", name, url())
                .isEmpty();
    }

    /** The whole page, however long. */
    private void shoot(String name, String colors) throws IOException {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colors))));
        Object picture = driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data");
        Files.write(
                screenshots.resolve(name + "-" + colors + ".png"),
                Base64.getDecoder().decode((String) picture));
    }

    private WebDriverWait await() {
        return new WebDriverWait(driver, WAIT);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
