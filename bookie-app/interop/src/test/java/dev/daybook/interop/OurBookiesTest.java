package dev.daybook.interop;

import java.util.List;

/** The official client and ours on our bookies. */
class OurBookiesTest extends WritingModeCases {
    @Override
    List<ChildProcess> startBookies(Programs programs, String metadataUri) {
        return programs.bookies(metadataUri, List.of(Programs.freePort(), Programs.freePort(), Programs.freePort()));
    }
}
