using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;

namespace Paydown.Lending.Tests.Endurance;

/// <summary>What holds for every loan on every day, whatever has happened to it.</summary>
internal static class LoanLaws
{
    /// <summary>All that a state must hold by itself.</summary>
    public static void Check(Loan loan)
    {
        CheckInstallments(loan);
        CheckTransactions(loan);
        var (given, taken) = (loan.Disbursed.MinorUnits + loan.Returned.MinorUnits, PrincipalOf(loan));
        Must(given == taken, "disbursed + returned = principal paid + outstanding + written off", $"{given} ≠ {taken}");
        Must(loan.Overpaid.MinorUnits >= 0, "nothing is overpaid below zero", loan.Overpaid.MinorUnits);
        Must(
            loan.Overpaid.MinorUnits == 0 || loan.Outstanding.IsZero,
            "money is left only if nothing is owed",
            $"overpaid {loan.Overpaid.MinorUnits}, outstanding {loan.Outstanding}"
        );
        Must(loan.Outstanding.IsZero || loan.Payoff.Total > 0, "a payoff is more than nothing", loan.Payoff);
        CheckStatus(loan);
    }

    /// <summary>Two states are the same but for what a reversed payment once came to.</summary>
    public static void MustBeSame(Loan loan, Loan other, string law)
    {
        Must(loan.Status == other.Status, law, $"{loan.Status} ≠ {other.Status}");
        Must(loan.Outstanding == other.Outstanding, law, $"outstanding {loan.Outstanding} ≠ {other.Outstanding}");
        Must(loan.Paid == other.Paid, law, $"paid {loan.Paid} ≠ {other.Paid}");
        Must(
            loan.Overpaid.MinorUnits == other.Overpaid.MinorUnits,
            law,
            $"overpaid {loan.Overpaid.MinorUnits} ≠ {other.Overpaid.MinorUnits}"
        );
        Must(loan.WrittenOff == other.WrittenOff, law, $"written off {loan.WrittenOff} ≠ {other.WrittenOff}");
        Must(loan.Payoff == other.Payoff, law, $"payoff {loan.Payoff} ≠ {other.Payoff}");
        Must(loan.PayoffHoldsThrough == other.PayoffHoldsThrough, law, "payoff holds through another day");
        Must(loan.Installments.Count == other.Installments.Count, law, "another number of installments");
        for (var i = 0; i < loan.Installments.Count; i++)
        {
            var (left, right) = (loan.Installments[i], other.Installments[i]);
            Must(left == right, law, $"{left} ≠ {right}");
        }

        CompareTransactions(loan, other, law);
    }

    public static bool IsPayment(LoanEventKind kind) =>
        kind
            is LoanEventKind.Repayment
                or LoanEventKind.DownPayment
                or LoanEventKind.GoodwillCredit
                or LoanEventKind.MerchantIssuedRefund
                or LoanEventKind.PayoutRefund
                or LoanEventKind.ChargeAdjustment
                or LoanEventKind.InterestPaymentWaiver;

    public static void Must<T>(bool holds, string law, T figures)
    {
        if (!holds)
            throw new LawBrokenException(law, $"{figures}");
    }

    private static void CheckInstallments(Loan loan)
    {
        var (due, paid, outstanding, writtenOff) = (
            default(ComponentAmounts),
            default(ComponentAmounts),
            default(ComponentAmounts),
            default(ComponentAmounts)
        );
        for (var i = 0; i < loan.Installments.Count; i++)
        {
            var row = loan.Installments[i];
            Must(row.Number == i + 1, "installments are numbered in order", row.Number);
            Must(i == 0 || loan.Installments[i - 1].DueOn <= row.DueOn, "installments are in order of due date", row);
            Must(IsPositive(row.Outstanding), "no component is paid beyond what is owed", row);
            Must(IsPositive(row.Due) && IsPositive(row.Paid) && IsPositive(row.WrittenOff), "no debt is negative", row);
            Must(row.IsPaid || row.PaidOn is null, "what is outstanding was not paid on a day", row);
            Must(
                row.PaidInAdvance.MinorUnits >= 0
                    && row.PaidLate.MinorUnits >= 0
                    && row.PaidInAdvance.MinorUnits + row.PaidLate.MinorUnits <= row.Paid.Total,
                "early and late are parts",
                row
            );
            due += row.Due;
            paid += row.Paid;
            outstanding += row.Outstanding;
            writtenOff += row.WrittenOff;
        }

        Must(due == paid + outstanding, "due = paid + outstanding", due);
        Must(paid == loan.Paid, "paid is the sum of the installments", $"{paid} ≠ {loan.Paid}");
        Must(outstanding == loan.Outstanding, "outstanding is the sum of the installments", $"{loan.Outstanding}");
        Must(writtenOff == loan.WrittenOff, "written off is the sum of the installments", $"{loan.WrittenOff}");
        var last = loan.Installments[^1].PrincipalBalance.MinorUnits;
        Must(last == 0, "the schedule pays all of the principal", last);
    }

    private static void CheckTransactions(Loan loan)
    {
        var (paid, overpaid) = (default(ComponentAmounts), 0L);
        foreach (var one in loan.Transactions)
        {
            if (one.IsReversed)
                continue;
            Must(IsPositive(one.Components) && one.Overpaid.MinorUnits >= 0, "no part of a payment is negative", one);
            Must(
                one.PrincipalBalance.MinorUnits >= 0 && one.TotalBalance.MinorUnits >= one.PrincipalBalance.MinorUnits,
                "a balance is never negative",
                one
            );
            if (one.Kind is LoanEventKind.CreditBalanceRefund or LoanEventKind.Chargeback)
                overpaid -= one.Overpaid.MinorUnits;
            if (!IsPayment(one.Kind))
                continue;
            Must(
                one.Components.Total + one.Overpaid.MinorUnits == one.Amount.MinorUnits,
                "a payment is its parts and its rest",
                one
            );
            var lines = default(ComponentAmounts);
            foreach (var line in one.Lines)
                lines += line.Components;
            Must(lines == one.Components, "the parts of a payment are the sum of its lines", one);
            paid += one.Components;
            overpaid += one.Overpaid.MinorUnits;
        }

        Must(paid == loan.Paid, "all that is paid came with a payment", $"{paid} ≠ {loan.Paid}");
        Must(
            overpaid == loan.Overpaid.MinorUnits,
            "verified = allocated + overpaid",
            $"{overpaid} ≠ {loan.Overpaid.MinorUnits}"
        );
    }

    private static void CheckStatus(Loan loan)
    {
        var overdue = false;
        foreach (var row in loan.Installments)
            overdue |= row.DueOn < loan.AsOf && !row.IsPaid;
        var expected =
            !loan.WrittenOff.IsZero ? LoanStatus.WrittenOff
            : !loan.Outstanding.IsZero
                ? overdue ? LoanStatus.InArrears
                    : LoanStatus.Active
            : loan.Overpaid.MinorUnits > 0 ? LoanStatus.Overpaid
            : LoanStatus.Closed;
        Must(loan.Status == expected, "the status says what is owed", $"{loan.Status}, not {expected}");
    }

    private static void CompareTransactions(Loan loan, Loan other, string law)
    {
        var at = 0;
        foreach (var one in loan.Transactions)
        {
            if (one.IsReversed)
                continue;
            while (at < other.Transactions.Count && other.Transactions[at].IsReversed)
                at++;
            Must(at < other.Transactions.Count, law, $"{one} is missing");
            var same = other.Transactions[at++];
            Must(
                one.EventId == same.EventId
                    && one.Components == same.Components
                    && one.Overpaid.MinorUnits == same.Overpaid.MinorUnits
                    && one.TotalBalance.MinorUnits == same.TotalBalance.MinorUnits
                    && one.Lines.Count == same.Lines.Count,
                law,
                $"{one} ≠ {same}"
            );
            for (var i = 0; i < one.Lines.Count; i++)
                Must(one.Lines[i] == same.Lines[i], law, $"{one} ≠ {same}");
        }
    }

    private static long PrincipalOf(Loan loan) =>
        loan.Paid.Principal + loan.Outstanding.Principal + loan.WrittenOff.Principal;

    private static bool IsPositive(ComponentAmounts parts) =>
        parts is { Principal: >= 0, Interest: >= 0, Fees: >= 0, Penalty: >= 0 };
}
