using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Statements;

/// <summary>The day of a reconciliation, as a request names it.</summary>
internal static class ReconciledDay
{
    public static readonly Field<DateOnly?> AsOf = Field
        .Date("asOf", "A day, not after today: without what is effective later. Absent: all that is known.")
        .Optional();

    /// <summary>Null if the day is not after today.</summary>
    public static Refusal? Wrong(Call call, DateOnly today) =>
        call.Query.Get(AsOf) > today
            ? Refusals.ValidationFailed(new FieldError(AsOf.Name, "must not be after today."))
            : null;
}
