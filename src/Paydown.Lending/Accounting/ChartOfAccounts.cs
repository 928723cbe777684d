namespace Paydown.Lending.Accounting;

/// <summary>The accounts of the ledger. Their words are stored with every posting, so a name never changes.</summary>
public enum LedgerAccount
{
    /// <summary>The lender's money that loans are paid out of.</summary>
    FundingAccount,

    /// <summary>The lender's bank account that repayments arrive in.</summary>
    CollectionAccount,

    /// <summary>Principal that customers owe.</summary>
    LoanPrincipal,

    /// <summary>Interest recognised and not paid yet.</summary>
    InterestReceivable,

    /// <summary>Fees charged and not paid yet.</summary>
    FeesReceivable,

    /// <summary>Penalties charged and not paid yet.</summary>
    PenaltiesReceivable,

    /// <summary>Money of customers beyond all that they owe.</summary>
    OwedToCustomer,

    /// <summary>Money of customers that the lender holds for them.</summary>
    CustomerWallet,

    /// <summary>Money that left wallets and is on its way to bank accounts.</summary>
    PayoutClearing,

    InterestIncome,

    FeeIncome,

    PenaltyIncome,

    /// <summary>Money that came after its loan was written off.</summary>
    RecoveryIncome,

    /// <summary>What customers owed when their loan was written off.</summary>
    WriteOffExpense,

    /// <summary>What the lender gave customers out of goodwill, to settle what they owed.</summary>
    GoodwillExpense,
}

/// <summary>The class of an account in the books.</summary>
public enum AccountClass
{
    Asset,
    Liability,
    Income,
    Expense,
}

/// <summary>The chart of accounts: every account of the ledger and its class. docs/accounting.md shows it.</summary>
public static class ChartOfAccounts
{
    /// <summary>Assets and expenses grow by debits, liabilities and income by credits.</summary>
    public static AccountClass ClassOf(LedgerAccount account) =>
        account switch
        {
            LedgerAccount.OwedToCustomer or LedgerAccount.CustomerWallet or LedgerAccount.PayoutClearing =>
                AccountClass.Liability,
            LedgerAccount.InterestIncome
            or LedgerAccount.FeeIncome
            or LedgerAccount.PenaltyIncome
            or LedgerAccount.RecoveryIncome => AccountClass.Income,
            LedgerAccount.WriteOffExpense or LedgerAccount.GoodwillExpense => AccountClass.Expense,
            _ => AccountClass.Asset,
        };
}
