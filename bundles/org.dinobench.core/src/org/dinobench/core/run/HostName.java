package org.dinobench.core.run;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine, looked up once. */
public final class HostName {
    private static final String NAME = lookUp();

    private HostName() {}

    /** A name that is the same for all processes of this machine. */
    public static String get() {
        return NAME;
    }

    private static String lookUp() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // machines without a name service still have to tell their own processes from others
            return "localhost";
        }
    }
}
