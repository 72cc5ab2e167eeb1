/**
 * What {@code farpool map} is made of, apart from the cluster: lines, commands, output, the log.
 */
package dev.farpool.cli.map;
