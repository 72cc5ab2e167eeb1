/**
 * The HTTP server for people and their tools: the console's page, the JSON behind it, and whatever
 * page another room brings. It is a client of the coordinator's services like any other, so what is
 * checked for calls is checked for it.
 */
package dev.farpool.coordinator.console;
