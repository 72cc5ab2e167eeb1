package dev.farpool.scale.host;

import com.google.gson.Gson;
import dev.farpool.scale.crew.CrewFigures;
import dev.farpool.scale.crew.CrewMain;
import dev.farpool.scale.crew.CrewPlan;
import java.io.IOException;
import java.nio.file.Path;

/** Simulated workers in a JVM of their own. */
public final class CrewProcess implements AutoCloseable {
  private final Child child;

  private CrewProcess(Child child) {
    this.child = child;
  }

  /** Starts them and waits until all are registered. */
  public static CrewProcess start(CrewPlan plan) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-XX:+UseSerialGC",
            "-Xmn32m", // A pause of all workers at once would be followed by their work at once.
            "-Xms512m",
            "-XX:+AlwaysPreTouch",
            "-cp",
            System.getProperty("java.class.path"),
            CrewMain.class.getName(),
            plan.toJson());
    CrewProcess crew = new CrewProcess(new Child(builder));
    crew.child.readLine();
    return crew;
  }

  /** Lets it count anew. */
  public void begin() throws IOException {
    child.ask("begin");
  }

  /** What it has counted. */
  public CrewFigures figures() throws IOException {
    return new Gson().fromJson(child.ask("figures"), CrewFigures.class);
  }

  /** The process. */
  public ProcessHandle handle() {
    return child.handle();
  }

  @Override
  public void close() {
    child.close();
  }
}
