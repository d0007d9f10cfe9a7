package dev.daybook.interop;

import java.util.List;

/** The official client and ours on our bookies. */
class OurBookiesTest extends InteroperationCases {
    @Override
    List<ChildProcess> startBookies(Programs programs, String metadataUri) {
        return List.of(
                programs.bookie(metadataUri, Programs.freePort()),
                programs.bookie(metadataUri, Programs.freePort()),
                programs.bookie(metadataUri, Programs.freePort()));
    }
}
