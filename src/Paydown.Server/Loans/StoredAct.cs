using System.Diagnostics;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Loans;

/// <summary>
/// What was agreed in an officer's act on a running loan, as the column <c>act</c> of <c>loan_event</c> has it. Each
/// kind has its own fields; the others are absent.
/// </summary>
internal sealed record StoredAct
{
    public DateOnly? Through { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? NewDueOn { get; init; }

    public int? ExtraInstallments { get; init; }

    public int? GracePrincipal { get; init; }

    public int? GraceInterest { get; init; }

    public decimal? AnnualRatePercent { get; init; }

    public DateOnly? FirstDueOn { get; init; }

    public int? Installments { get; init; }

    public int? RepayEvery { get; init; }

    public PeriodUnit? RepayUnit { get; init; }

    public MovedInterest? MovedInterest { get; init; }

    /// <summary>The JSON of an act.</summary>
    public static string Write(LoanAct act) => StoredJson.Write(Of(act));

    public static StoredAct Of(LoanAct act) =>
        act switch
        {
            ArrearsPaused pause => new() { Through = pause.Through },
            InterestPaused pause => new() { Through = pause.Through },
            LoanRescheduled change => new()
            {
                From = change.From,
                NewDueOn = change.NewDueOn,
                ExtraInstallments = change.ExtraInstallments,
                GracePrincipal = change.GracePrincipal,
                GraceInterest = change.GraceInterest,
                AnnualRatePercent = change.AnnualRatePercent,
            },
            LoanReAged change => new()
            {
                FirstDueOn = change.FirstDueOn,
                Installments = change.Installments,
                RepayEvery = change.RepayEvery,
                RepayUnit = change.RepayUnit,
                MovedInterest = change.MovedInterest,
            },
            LoanReAmortized change => new() { MovedInterest = change.MovedInterest },
            ArrearsResumed or LoanChargedOff or ContractTerminated => new(),
            _ => throw new UnreachableException($"The table has no fields for {act.GetType().Name}."),
        };

    /// <summary>The act with these terms; null if it is another kind of event.</summary>
    /// <exception cref="InvalidDataException">A field of its kind is absent.</exception>
    public LoanAct? ToAct(LoanEventKind kind, LoanEventId id, int sequence, DateOnly on) =>
        kind switch
        {
            LoanEventKind.ArrearsPause => new ArrearsPaused
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Through = Present(Through, id),
            },
            LoanEventKind.ArrearsResumption => new ArrearsResumed
            {
                Id = id,
                Sequence = sequence,
                On = on,
            },
            LoanEventKind.Reschedule => new LoanRescheduled
            {
                Id = id,
                Sequence = sequence,
                On = on,
                From = Present(From, id),
                NewDueOn = NewDueOn,
                ExtraInstallments = Present(ExtraInstallments, id),
                GracePrincipal = Present(GracePrincipal, id),
                GraceInterest = Present(GraceInterest, id),
                AnnualRatePercent = AnnualRatePercent,
            },
            LoanEventKind.ReAge => new LoanReAged
            {
                Id = id,
                Sequence = sequence,
                On = on,
                FirstDueOn = Present(FirstDueOn, id),
                Installments = Present(Installments, id),
                RepayEvery = Present(RepayEvery, id),
                RepayUnit = Present(RepayUnit, id),
                MovedInterest = Present(MovedInterest, id),
            },
            LoanEventKind.ReAmortization => new LoanReAmortized
            {
                Id = id,
                Sequence = sequence,
                On = on,
                MovedInterest = Present(MovedInterest, id),
            },
            LoanEventKind.InterestPause => new InterestPaused
            {
                Id = id,
                Sequence = sequence,
                On = on,
                Through = Present(Through, id),
            },
            LoanEventKind.ChargeOff => new LoanChargedOff
            {
                Id = id,
                Sequence = sequence,
                On = on,
            },
            LoanEventKind.ContractTermination => new ContractTerminated
            {
                Id = id,
                Sequence = sequence,
                On = on,
            },
            _ => null,
        };

    private static T Present<T>(T? value, LoanEventId id)
        where T : struct => value ?? throw new InvalidDataException($"The act {id} lacks a field of its kind.");
}
