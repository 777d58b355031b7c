package org.dinobench.core.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Values as YAML text in one line. */
final class SpecText {
    private SpecText() {}

    /** @param unset what an empty optional is written as: {@code auto} or {@code null} */
    static String value(Object value, String unset) {
        if (value instanceof Optional<?> o) {
            return o.isPresent() ? value(o.get(), unset) : unset;
        }
        if (value instanceof OptionalInt o) {
            return o.isPresent() ? Integer.toString(o.getAsInt()) : unset;
        }
        if (value instanceof OptionalLong o) {
            return o.isPresent() ? Long.toString(o.getAsLong()) : unset;
        }
        if (value instanceof OptionalDouble o) {
            return o.isPresent() ? number(o.getAsDouble()) : unset;
        }
        if (value instanceof Double d) {
            return number(d);
        }
        if (value instanceof Enum<?> e) {
            return ScalarReader.word(e);
        }
        if (value instanceof Range r) {
            return "[" + number(r.min()) + ", " + number(r.max()) + "]";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(v -> value(v, unset)).toList().toString();
        }
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("{");
            map.forEach((k, v) -> text.append(text.length() == 1 ? "" : ", ")
                    .append(quoted(k.toString()))
                    .append(": ")
                    .append(value(v, unset)));
            return text.append("}").toString();
        }
        if (value instanceof String s) {
            return quoted(s);
        }
        return String.valueOf(value);
    }

    /** The shortest text that reads back as the same number; whole numbers without a fraction. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Double.toString(value).replace("E", "e");
    }

    /** Bare where nobody could take it for anything but a text, in double quotes otherwise. */
    static String quoted(String text) {
        boolean bare = text.matches("[A-Za-z_][A-Za-z0-9_./-]*")
                && !text.matches("(?i)true|false|null|yes|no|on|off|auto|none");
        if (bare) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (c < 0x20 || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
                        quoted.append(String.format("\\u%04x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
