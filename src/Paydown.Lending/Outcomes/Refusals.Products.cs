namespace Paydown.Lending.Outcomes;

/// <content>Products and the settings of an organisation.</content>
public static partial class Refusals
{
    /// <summary>The change is based on an outdated version.</summary>
    public static Refusal VersionConflict(int current) =>
        new(
            RefusalKind.Conflict,
            "VERSION_CONFLICT",
            "Version Conflict",
            $"Someone else has changed this: it is now at version {current}. Read it again and send that version."
        );
}
