/** The processes that are measured, and what they take of the host. */
package dev.farpool.scale.host;
