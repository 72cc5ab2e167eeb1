/** What {@code farpool up} and {@code down} are made of: hosts, ssh, and workers on them. */
package dev.farpool.cli.hosts;
