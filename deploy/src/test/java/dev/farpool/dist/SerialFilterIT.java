package dev.farpool.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.tools.attach.VirtualMachine;
import dev.farpool.chaos.kit.Launched;
import dev.farpool.chaos.kit.Place;
import dev.farpool.chaos.kit.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No code within a coordinator or worker can deserialize, whosever it is: tried in themselves. */
@Timeout(120)
class SerialFilterIT extends Sandboxed {
  private static final String REFUSED = "filter status: REJECTED";

  @Test
  void theProcessesOfTheClusterReadNoSerializedObject() throws Exception {
    Launched coordinator = sandbox.coordinator(Place.HERE, "127.0.0.1:0");
    String address = Sandbox.address(coordinator);
    Launched worker = sandbox.worker(address, "w1", 1);

    assertEquals(REFUSED, readIn(coordinator));
    assertEquals(REFUSED, readIn(worker));
    assertEquals(ReadingAgent.READ, ReadingAgent.read(), "where there is no filter");
  }

  private String readIn(Launched process) throws Exception {
    Path told = sandbox.directory().resolve("told-" + process.pid());
    VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
    try {
      machine.loadAgent(agent().toString(), told.toString());
    } finally {
      machine.detach();
    }
    return Files.readString(told);
  }

  private Path agent() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Agent-Class", ReadingAgent.class.getName());
    String name = ReadingAgent.class.getName().replace('.', '/') + ".class";
    Path jar = sandbox.directory().resolve("agent.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream code = ReadingAgent.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new JarEntry(name));
      code.transferTo(out);
    }
    return jar;
  }
}
