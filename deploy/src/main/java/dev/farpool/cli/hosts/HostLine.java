package dev.farpool.cli.hosts;

import java.util.Map;
import java.util.OptionalInt;

/**
 * A line of a hosts file: where a worker is to run.
 *
 * @param host what ssh is given: a name, an address, an alias of the user's ssh configuration, with
 *     or without {@code user@}
 * @param name the worker's, unique in the file
 * @param cores how many it offers; empty for as many as the host has
 * @param labels what tasks can ask for
 */
public record HostLine(String host, String name, OptionalInt cores, Map<String, String> labels) {}
