using Paydown.Lending.Amounts;

namespace Paydown.Lending.Outcomes;

/// <content>Bank accounts of the lender, and bank statements.</content>
public static partial class Refusals
{
    /// <summary>The organisation has an account of this number and currency.</summary>
    public static Refusal CollectionAccountExists() =>
        new(
            RefusalKind.Conflict,
            "COLLECTION_ACCOUNT_EXISTS",
            "Collection Account Exists",
            "The organisation has a bank account of this number and currency already."
        );

    /// <summary>A statement is of an account that the organisation does not have.</summary>
    /// <param name="number">The number in the file.</param>
    public static Refusal CollectionAccountUnknown(string number) =>
        new(
            RefusalKind.Invalid,
            "COLLECTION_ACCOUNT_UNKNOWN",
            "Collection Account Unknown",
            $"The file has a statement of account {number}, which the organisation does not have. A manager can add it: "
                + "POST admin/collection-accounts."
        );

    /// <summary>A file does not say of which account it is, and neither does the request.</summary>
    public static Refusal CollectionAccountRequired() =>
        new(
            RefusalKind.Invalid,
            "COLLECTION_ACCOUNT_REQUIRED",
            "Collection Account Required",
            "The file does not say of which account it is; send collectionAccountId. GET admin/collection-accounts "
                + "lists the accounts."
        );

    /// <summary>A statement is of a closed account.</summary>
    /// <param name="number">Its number.</param>
    public static Refusal CollectionAccountClosed(string number) =>
        new(
            RefusalKind.Conflict,
            "COLLECTION_ACCOUNT_CLOSED",
            "Collection Account Closed",
            $"Account {number} is closed; a manager can open it again to import its statements."
        );

    /// <summary>A file is no bank statement that can be read, or it is damaged.</summary>
    /// <param name="problem">What is wrong, where, and what would be right.</param>
    public static Refusal BankStatementUnreadable(string problem) =>
        new(RefusalKind.Invalid, "BANK_STATEMENT_UNREADABLE", "Bank Statement Unreadable", problem);

    /// <summary>Another file of the organisation is being imported.</summary>
    public static Refusal ImportRunning() =>
        new(
            RefusalKind.Conflict,
            "IMPORT_RUNNING",
            "Import Running",
            "Another bank statement of the organisation is being imported; try again with the same key."
        )
        {
            RetryAfterSeconds = 1,
        };

    /// <summary>A statement was taken, so it can be neither confirmed nor discarded.</summary>
    public static Refusal StatementTaken() =>
        new(
            RefusalKind.Conflict,
            "STATEMENT_TAKEN",
            "Statement Taken",
            "The entries of this statement were taken; only a held statement can be confirmed or discarded."
        );

    /// <summary>The money of a repayment is on a bank statement, so it cannot be reversed alone.</summary>
    public static Refusal PaidByBankEntry() =>
        new(
            RefusalKind.Conflict,
            "PAID_BY_BANK_ENTRY",
            "Paid By Bank Entry",
            "A bank statement shows the money of this repayment; undo the decision on its entry instead: "
                + "PUT admin/statement-entries/{entryId}/undo."
        );

    /// <summary>An entry of a bank statement does not wait for a decision.</summary>
    /// <param name="state">What it is.</param>
    public static Refusal EntryNotOpen(string state) =>
        new(
            RefusalKind.Conflict,
            "ENTRY_NOT_OPEN",
            "Entry Not Open",
            $"This entry is {state}; only one that is UNMATCHED or TO_DECIDE can be decided. Undo the decision first."
        );

    /// <summary>There is no decision on an entry of a bank statement that could be undone.</summary>
    /// <param name="state">What it is.</param>
    public static Refusal EntryNotDecided(string state) =>
        new(
            RefusalKind.Conflict,
            "ENTRY_NOT_DECIDED",
            "Entry Not Decided",
            $"This entry is {state}; there is no decision to undo."
        );

    /// <summary>Money out cannot be a return that nobody has ordered.</summary>
    /// <param name="state">What the entry of the money is.</param>
    public static Refusal ReturnNotOrdered(string state) =>
        new(
            RefusalKind.Conflict,
            "RETURN_NOT_ORDERED",
            "Return Not Ordered",
            $"The entry is {state}; only one that is RETURN_ORDERED can go back to its payer."
        );

    /// <summary>A report is decided, or a bank entry pays it.</summary>
    public static Refusal ReportNotOpen() =>
        new(
            RefusalKind.Conflict,
            "REPORT_NOT_OPEN",
            "Report Not Open",
            "Entries can only be joined to a report that is pending, or verified and not seen on a statement yet."
        );

    /// <summary>Entries are more money together than the report that they are to pay.</summary>
    /// <param name="arrived">The sum of the entries.</param>
    /// <param name="reported">The amount of the report.</param>
    public static Refusal PartsExceedReport(Money arrived, Money reported) =>
        new(
            RefusalKind.Invalid,
            "PARTS_EXCEED_REPORT",
            "Parts Exceed Report",
            $"The entries are {arrived} together, and the report is of {reported}. Assign one of them instead."
        );

    /// <summary>Money that left the account cannot pay a loan.</summary>
    public static Refusal EntryIsMoneyOut() =>
        new(
            RefusalKind.Conflict,
            "ENTRY_IS_MONEY_OUT",
            "Entry Is Money Out",
            "This entry is money that left the account; only money that arrived can be assigned to a loan."
        );
}
