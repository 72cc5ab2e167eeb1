package dev.farpool.deployment;

import static dev.farpool.deployment.DeploymentFiles.at;
import static dev.farpool.deployment.DeploymentFiles.list;
import static dev.farpool.deployment.DeploymentFiles.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests for Kubernetes, as far as they can be held against themselves and the command. */
class KubernetesTest {
  private static final Path BASE = Path.of("kubernetes", "base");
  private static final Path AUTOSCALING = Path.of("kubernetes", "autoscaling");
  private static final Map<String, String> VERSIONS =
      Map.of(
          "Kustomization", "kustomize.config.k8s.io/v1beta1",
          "Component", "kustomize.config.k8s.io/v1alpha1",
          "Namespace", "v1",
          "Service", "v1",
          "Secret", "v1",
          "StatefulSet", "apps/v1",
          "Deployment", "apps/v1",
          "ScaledObject", "keda.sh/v1alpha1",
          "TriggerAuthentication", "keda.sh/v1alpha1");

  @Test
  void everyDocumentHasTheStableVersionOfItsKindAndAName() throws IOException {
    for (Path file : files(BASE, AUTOSCALING)) {
      for (Map<String, Object> document : DeploymentFiles.documents(file)) {
        String kind = at(document, "kind").toString();
        assertEquals(VERSIONS.get(kind), at(document, "apiVersion"), kind + " in " + file);
        assertTrue(file.endsWith("kustomization.yaml") || at(document, "metadata", "name") != null);
      }
    }
  }

  @Test
  void kustomizationsNameAllFilesBesideThem() throws IOException {
    for (Path directory : List.of(BASE, AUTOSCALING)) {
      TreeSet<String> named = new TreeSet<>(List.of("kustomization.yaml"));
      Map<String, Object> root =
          DeploymentFiles.documents(directory.resolve("kustomization.yaml")).get(0);
      list(at(root, "resources")).forEach(resource -> named.add(resource.toString()));
      TreeSet<String> there = new TreeSet<>();
      files(directory).forEach(file -> there.add(file.getFileName().toString()));
      assertEquals(there, named);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinator", "worker"})
  void optionsAreThoseOfTheCommand(String component) throws IOException {
    assertEquals(component, command(component).name());
  }

  @Test
  void workerIsKilledOnlyAfterItHadTimeToDrain() throws IOException {
    long grace = (Integer) at(pod("worker"), "spec", "terminationGracePeriodSeconds");

    assertTrue(grace >= command("worker").seconds("drain-timeout") + 15, grace + " s");
  }

  @Test
  void workerIsReadyWhenItsReadyFileIsThere() throws IOException {
    assertEquals(
        List.of("test", "-e", command("worker").options().get("ready-file")),
        at(container("worker"), "readinessProbe", "exec", "command"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"coordinator", "worker"})
  void containersHaveNoPrivileges(String component) throws IOException {
    assertEquals(true, at(pod(component), "spec", "securityContext", "runAsNonRoot"));
    assertEquals(
        Map.of(
            "allowPrivilegeEscalation",
            false,
            "readOnlyRootFilesystem",
            true,
            "capabilities",
            Map.of("drop", List.of("ALL"))),
        at(container(component), "securityContext"));
  }

  @Test
  void everyNameLeadsToWhatItNames() throws IOException {
    Map<String, Object> service = document("Service", BASE.resolve("coordinator.yaml"));
    String name = at(service, "metadata", "name").toString();
    assertEquals(name + ":7400", command("worker").options().get("coordinator"));
    for (String component : List.of("coordinator", "worker")) {
      Object labels = at(pod(component), "metadata", "labels");
      assertEquals(labels, at(workload(component), "spec", "selector", "matchLabels"));
    }
    assertEquals(at(pod("coordinator"), "metadata", "labels"), at(service, "spec", "selector"));

    Map<String, Object> scaled = document("ScaledObject", AUTOSCALING.resolve("scaledobject.yaml"));
    assertEquals(
        at(workload("worker"), "metadata", "name"), at(scaled, "spec", "scaleTargetRef", "name"));
    Object trigger = list(at(scaled, "spec", "triggers")).get(0);
    URI metrics = URI.create(at(trigger, "metadata", "url").toString());
    assertEquals(name + ".farpool.svc", metrics.getHost());
    assertTrue(
        list(at(service, "spec", "ports")).stream()
            .anyMatch(port -> at(port, "port").equals(metrics.getPort())));
  }

  private static FarpoolCommand command(String component) throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (Object variable : list(at(container(component), "env"))) {
      Object value = map(variable).getOrDefault("value", "");
      environment.put(at(variable, "name").toString(), value.toString());
    }
    List<String> words =
        list(at(container(component), "args")).stream().map(Object::toString).toList();
    return FarpoolCommand.of(words, environment);
  }

  private static Object container(String component) throws IOException {
    return list(at(pod(component), "spec", "containers")).get(0);
  }

  private static Object pod(String component) throws IOException {
    return at(workload(component), "spec", "template");
  }

  private static Map<String, Object> workload(String component) throws IOException {
    String kind = component.equals("worker") ? "Deployment" : "StatefulSet";
    return document(kind, BASE.resolve(component + ".yaml"));
  }

  private static Map<String, Object> document(String kind, Path file) throws IOException {
    return DeploymentFiles.documents(file).stream()
        .filter(document -> document.get("kind").equals(kind))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> files(Path... directories) throws IOException {
    Stream.Builder<Path> all = Stream.builder();
    for (Path directory : directories) {
      try (Stream<Path> files = Files.list(directory)) {
        files.forEach(all::add);
      }
    }
    return all.build().toList();
  }
}
