package dev.farpool.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualTest {
  @TempDir Path temp;

  @Test
  void aMissingBillOfMaterialsIsToldWithTheWayToGetIt() {
    String[] arguments = {temp.toString(), "1.0", temp.resolve("bill.json").toString()};

    IOException missing = assertThrows(IOException.class, () -> Manual.main(arguments));

    assertTrue(missing.getMessage().contains("build without -o once"), missing::getMessage);
  }
}
