package dev.entente.engine.port;

/**
 * A new status of a check.
 *
 * @param definitionVersion the version of the CHECK record that the reporter saw; 0 to apply to any. A report for an older
 *     definition is dropped.
 */
public record CheckReport(String status, String output, long definitionVersion) {}
