package dev.farpool.cli;

import dev.farpool.cli.map.HaltRule;
import dev.farpool.cli.map.Template;
import dev.farpool.v1.Command;
import java.util.BitSet;

/**
 * What is asked of a run of {@code farpool map}.
 *
 * @param template what to run
 * @param command how, without its words
 * @param tries how often a job is tried that fails
 * @param halt when to stop
 * @param skipped the numbers of lines that are not run
 * @param keepOrder whether output comes in the order of input
 * @param byLine whether lines are shown when they are printed, and not when their job has ended
 */
record MapSettings(
    Template template,
    Command command,
    int tries,
    HaltRule halt,
    BitSet skipped,
    boolean keepOrder,
    boolean byLine) {}
