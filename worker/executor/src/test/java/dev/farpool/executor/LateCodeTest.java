package dev.farpool.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LateCodeTest {
  private final String before = System.getProperty("java.class.path");

  @Test
  void codeThatIsNotFoundWhenItShouldHaveComeIsAnError() {
    IOException error = assertThrows(IOException.class, () -> LateCode.arrived("a.jar"));

    assertEquals("a spare cannot load its code on this Java; use --spares 0", error.getMessage());
    assertEquals(before, System.getProperty("java.class.path"));
  }

  @Test
  void anExecutorThatWasStartedWithItsCodeIsLeftAsItIs() throws IOException {
    LateCode.arrived("");

    assertEquals(before, System.getProperty("java.class.path"));
  }
}
