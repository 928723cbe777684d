using Paydown.Lending.Identifiers;
using static Paydown.Lending.Accounting.JournalEntryKind;

namespace Paydown.Lending.Accounting;

/// <summary>
/// What an entry of the journal says to people. It follows from the entry, so it is composed when somebody reads the
/// entry and not stored with it.
/// </summary>
public static class Narration
{
    /// <summary>The narration of an entry.</summary>
    /// <param name="kind">The kind of the entry.</param>
    /// <param name="subjectId">The event, the transfer or the bank's entry that it books.</param>
    /// <param name="detail">The detail of the entry, if its kind has one.</param>
    public static string Of(JournalEntryKind kind, SubjectId subjectId, string? detail) =>
        kind switch
        {
            LoanDisbursed => "Loan disbursed",
            DownPaymentCollected => "Down payment",
            RepaymentVerified => $"Repayment {subjectId}",
            RepaymentReversed => $"Repayment {subjectId} reversed",
            AllocationAdjusted => $"Payment {subjectId} allocated again",
            InterestAccrued => $"Interest accrued, {subjectId}",
            ChargeApplied => $"Charge {subjectId}",
            ChargeAdjusted => $"Charge {subjectId} computed again",
            DisbursedToWallet => "Loan paid out to the wallet",
            DisbursementFeeDeducted => $"{detail}, kept back",
            RepaidFromWallet => $"Repayment {subjectId} from the wallet",
            ReturnedToWallet => $"Repayment {subjectId} returned to the wallet",
            FundsWithdrawn => $"Transfer {subjectId} to a bank account",
            WithdrawalFeeTaken => $"Fee of transfer {subjectId}",
            WithdrawalSettled => $"Transfer {subjectId} has arrived",
            WithdrawalFailed => $"Transfer {subjectId} failed",
            WithdrawalReturned => $"Transfer {subjectId} came back",
            DebtWaived => $"Waiver {subjectId}",
            LoanWrittenOff => "Loan written off",
            LoanChargedOff => "Loan charged off",
            DisbursementTakenBack => "Payout of the loan taken back",
            DisbursementFeesReturned => "Fees kept back from the payout, returned",
            MoneyRecovered => $"Repayment {subjectId}, recovered",
            OverpaymentRefunded => $"Refund {subjectId}",
            RefundedToWallet => $"Refund {subjectId} to the wallet",
            RefundTakenBack => $"Refund {subjectId} taken back",
            PaymentChargedBack => $"Chargeback {subjectId}",
            CreditGiven => $"Credit {subjectId}",
            EventAdjusted => $"Event {subjectId} computed again",
            EventReversed => $"Event {subjectId} reversed",
            MoneyUnidentified => $"Bank entry {subjectId}, not identified",
            MoneyIdentified => $"Bank entry {subjectId}, identified",
            BankCharged => $"Charge of the bank, entry {subjectId}",
            BankInterestPaid => $"Interest of the bank, entry {subjectId}",
            BankEntryUndone => $"Bank entry {subjectId}, decision undone",
            SuspenseReleased => $"Interest out of suspense, {subjectId}",
            ProvisionChanged => $"Allowance for losses, {subjectId}",
            PayerReturnOrdered => $"Bank entry {subjectId}, return to the payer ordered",
            PayerReturnPaid => $"Bank entry {subjectId}, money back to its payer",
            CollectorCollected => $"Repayment {subjectId}, held by the collector",
            CollectionTakenBack => $"Repayment {subjectId} of a collector, reversed",
            CollectorRemitted => $"Bank entry {subjectId}, remittance of a collector",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of journal entry."),
        };
}
