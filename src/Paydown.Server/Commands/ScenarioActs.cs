using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Server.Commands;

/// <summary>Reads the acts of an officer on a running loan. The replay gives them their id and their place.</summary>
internal static class ScenarioActs
{
    /// <summary>The act; null if the operation is another.</summary>
    public static LoanAct? Read(ScenarioField step) =>
        step.Get("op").Text() switch
        {
            "delinquency_pause" => new ArrearsPaused
            {
                Id = default,
                Sequence = 0,
                On = step.Get("from").Date(),
                Through = step.Get("through").Date(),
            },
            "delinquency_resume" => new ArrearsResumed
            {
                Id = default,
                Sequence = 0,
                On = step.Get("date").Date(),
            },
            "interest_pause" => new InterestPaused
            {
                Id = default,
                Sequence = 0,
                On = step.Get("from").Date(),
                Through = step.Get("through").Date(),
            },
            "reschedule" => new LoanRescheduled
            {
                Id = default,
                Sequence = 0,
                On = step.Get("date").Date(),
                From = step.Get("from").Date(),
                NewDueOn = step.Find("newDueDate")?.Date(),
                ExtraInstallments = step.Find("extraInstallments")?.Whole(0, 600) ?? 0,
                GracePrincipal = step.Find("gracePrincipal")?.Whole(0, 600) ?? 0,
                GraceInterest = step.Find("graceInterest")?.Whole(0, 600) ?? 0,
                AnnualRatePercent = step.Find("annualRatePercent")?.Number(0m, 1000m),
            },
            "re_age" => new LoanReAged
            {
                Id = default,
                Sequence = 0,
                On = step.Get("date").Date(),
                FirstDueOn = step.Get("firstDue").Date(),
                Installments = step.Get("installments").Whole(1, 600),
                RepayEvery = step.Get("every").Whole(1, 1000),
                RepayUnit = ScenarioReader.ReadUnit(step.Get("unit")),
                MovedInterest = ReadMovedInterest(step),
            },
            "re_amortize" => new LoanReAmortized
            {
                Id = default,
                Sequence = 0,
                On = step.Get("date").Date(),
                MovedInterest = ReadMovedInterest(step),
            },
            "charge_off" => new LoanChargedOff
            {
                Id = default,
                Sequence = 0,
                On = step.Get("date").Date(),
            },
            "terminate_contract" => new ContractTerminated
            {
                Id = default,
                Sequence = 0,
                On = step.Get("date").Date(),
            },
            _ => null,
        };

    /// <summary>Reads what a charge-off does to the plan.</summary>
    public static ChargeOffEffect ReadChargeOff(ScenarioField? field) =>
        field?.OneOf(
            ("REGULAR", ChargeOffEffect.KeepsPlan),
            ("ZERO_INTEREST", ChargeOffEffect.ZeroInterest),
            ("ACCELERATE_MATURITY", ChargeOffEffect.AccelerateMaturity)
        ) ?? ChargeOffEffect.KeepsPlan;

    private static MovedInterest ReadMovedInterest(ScenarioField step) =>
        step.Find("interest")
            ?.OneOf(
                ("DEFAULT", MovedInterest.WithNext),
                ("EQUAL_AMORTIZATION_INTEREST_SPLIT", MovedInterest.SplitEvenly)
            )
        ?? MovedInterest.WithNext;
}
