package dev.farpool.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete this command's words. */
@Command(
    name = "completion",
    header = "Prints a script with which a shell completes commands and options.",
    description = {
      "For bash put it where bash looks for such scripts, or source it in ~/.bashrc; for zsh source"
          + " it in ~/.zshrc. The distribution has it in share/bash-completion too."
    },
    footer = {
      "Examples:",
      "  farpool completion bash > ~/.local/share/bash-completion/completions/farpool",
      "  source <(farpool completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Those that can read the script; it finds out by itself which one does. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("farpool", spec.root().commandLine()));
    out.flush();
    return 0;
  }
}
