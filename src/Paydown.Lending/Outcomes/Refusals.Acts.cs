namespace Paydown.Lending.Outcomes;

/// <content>Acts on a running loan that change how it goes on.</content>
public static partial class Refusals
{
    /// <summary>A pause ends before it begins, lasts too long, or begins before the loan.</summary>
    public static Refusal PauseOutOfRange(DateOnly firstOn, int daysMax) =>
        ValidationFailed(
            new FieldError(
                "through",
                $"must not be before from; the pause begins on or after {firstOn:yyyy-MM-dd}, the day of disbursement, "
                    + $"and lasts at most {daysMax} days."
            )
        );

    /// <summary>Some days of a pause are paused already.</summary>
    public static Refusal AlreadyPaused() =>
        new(RefusalKind.Conflict, "ALREADY_PAUSED", "Already Paused", "Some of these days are paused already.");

    /// <summary>There is no pause to end.</summary>
    public static Refusal NotPaused() =>
        new(RefusalKind.Conflict, "NOT_PAUSED", "Not Paused", "This day is not in a pause.");
}
