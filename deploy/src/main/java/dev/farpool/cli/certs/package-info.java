/** Makes the certificates of a cluster. */
package dev.farpool.cli.certs;
