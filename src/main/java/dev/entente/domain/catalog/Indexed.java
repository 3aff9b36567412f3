package dev.entente.domain.catalog;

/** A thing with the indexes that clients see beside it ({@code CreateIndex}, {@code ModifyIndex}). */
public record Indexed<T>(T value, long createIndex, long modifyIndex) {}
