package dev.entente.config;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import com.bertramlabs.plugins.hcl4j.HCLParserException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads configuration files and directories in the order given; within a directory in the order of the names. */
public final class ConfigFiles {
    private final @Nullable String format;
    private final List<String> warnings = new ArrayList<>();
    private final AgentKeys keys = AgentKeys.load();

    /** With a format given ({@code json} or {@code hcl}), the extension of a file does not matter. */
    public ConfigFiles(@Nullable String format) {
        if (format != null && !format.equals("json") && !format.equals("hcl")) {
            throw new InvalidConfigException("config: -config-format must be either 'hcl' or 'json'");
        }
        this.format = format;
    }

    /** What was noticed while reading and is no error. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Reads a file, or each file directly within a directory. */
    public List<ConfigSource> read(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return readFile(path);
            }
            List<ConfigSource> sources = new ArrayList<>();
            for (Path file : regularFiles(path)) {
                sources.addAll(readFile(file));
            }
            return sources;
        } catch (NoSuchFileException e) {
            throw new InvalidConfigException(
                    "config: Open failed on " + path + ". open " + path + ": no such file or directory", e);
        } catch (IOException e) {
            throw new InvalidConfigException("config: failed to read " + path + ": " + e, e);
        }
    }

    /** Reads a fragment of HCL given on the command line. */
    public ConfigSource readFragment(String name, String hcl) {
        return ConfigSource.read(name, parseHcl(name, hcl), keys);
    }

    private List<ConfigSource> readFile(Path file) throws IOException {
        String kind = format != null ? format : extension(file);
        if (!kind.equals("json") && !kind.equals("hcl")) {
            warnings.add("skipping file " + file + ", extension must be .hcl or .json, or config format must be set");
            return List.of();
        }
        String text = Files.readString(file);
        if (text.isBlank()) {
            return List.of();
        }
        Map<?, ?> parsed = kind.equals("json") ? parseJson(file.toString(), text) : parseHcl(file.toString(), text);
        return List.of(ConfigSource.read(file.toString(), parsed, keys));
    }

    private static List<Path> regularFiles(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !Files.isDirectory(entry)).sorted().toList();
        }
    }

    private static String extension(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Map<?, ?> parseJson(String name, String text) {
        ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        try {
            if (mapper.readTree(text) instanceof ObjectNode object) {
                return mapper.convertValue(object, Map.class);
            }
            throw new InvalidConfigException("failed to parse " + name + ": not a JSON object");
        } catch (JsonProcessingException e) {
            // Without the library's excerpt of the file, which may show a secret.
            throw new InvalidConfigException(
                    "failed to parse " + name + ": line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": not JSON");
        }
    }

    private static Map<?, ?> parseHcl(String name, String text) {
        try {
            return new HCLParser().parse(text);
        } catch (HCLParserException | IOException | RuntimeException e) {
            Throwable reason = e.getCause() instanceof HCLParserException cause ? cause : e;
            throw new InvalidConfigException("failed to parse " + name + ": " + reason.getMessage(), e);
        }
    }
}
