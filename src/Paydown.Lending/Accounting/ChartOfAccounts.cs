namespace Paydown.Lending.Accounting;

/// <summary>
/// The accounts of the ledger, with their numbers in the chart of accounts. Every posting is stored with the number of
/// its account, so a number never changes.
/// </summary>
public enum LedgerAccount : short
{
    /// <summary>The lender's money that loans are paid out of.</summary>
    FundingAccount = 1010,

    /// <summary>The lender's bank account that repayments arrive in.</summary>
    CollectionAccount = 1020,

    /// <summary>What collectors have collected, less their commission, and not remitted yet.</summary>
    CollectorReceivable = 1030,

    /// <summary>Principal that customers owe.</summary>
    LoanPrincipal = 1110,

    /// <summary>Interest recognised and not paid yet.</summary>
    InterestReceivable = 1120,

    /// <summary>Fees charged and not paid yet.</summary>
    FeesReceivable = 1130,

    /// <summary>Penalties charged and not paid yet.</summary>
    PenaltiesReceivable = 1140,

    /// <summary>Money of customers beyond all that they owe.</summary>
    OwedToCustomer = 2010,

    /// <summary>Money of customers that the lender holds for them.</summary>
    CustomerWallet = 2020,

    /// <summary>Money that left wallets and is on its way to bank accounts.</summary>
    PayoutClearing = 2030,

    /// <summary>
    /// Money in the lender's bank account that nobody has identified yet. What left the account without a known reason
    /// is subtracted.
    /// </summary>
    UnidentifiedReceipts = 2040,

    /// <summary>
    /// Interest receivable that is no income yet, because the loan is long past due. It is subtracted from the
    /// receivable.
    /// </summary>
    InterestInSuspense = 2050,

    /// <summary>What the lender expects to lose of its loans. It is subtracted from them.</summary>
    LoanLossAllowance = 2060,

    InterestIncome = 4010,

    FeeIncome = 4020,

    PenaltyIncome = 4030,

    /// <summary>Money that came after its loan was charged off or written off.</summary>
    RecoveryIncome = 4040,

    /// <summary>Interest that the lender's bank pays on the lender's accounts.</summary>
    BankInterest = 4050,

    /// <summary>What customers owed when their loan was written off.</summary>
    WriteOffExpense = 5010,

    /// <summary>What the lender gave customers out of goodwill, to settle what they owed.</summary>
    GoodwillExpense = 5020,

    /// <summary>What was added to the allowance for loan losses.</summary>
    ProvisionExpense = 5040,

    /// <summary>Principal that customers owe still, and that the lender has charged off.</summary>
    ChargeOffExpense = 5050,

    /// <summary>Recognised interest that was charged off.</summary>
    ChargeOffInterest = 5060,

    /// <summary>Fees and penalties that were charged off.</summary>
    ChargeOffCharges = 5070,

    /// <summary>What collectors keep of the money that they collect.</summary>
    CollectionCommission = 5080,

    /// <summary>What the lender's bank charges for the lender's accounts.</summary>
    BankCharges = 5030,
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
            LedgerAccount.OwedToCustomer
            or LedgerAccount.CustomerWallet
            or LedgerAccount.PayoutClearing
            or LedgerAccount.UnidentifiedReceipts
            or LedgerAccount.InterestInSuspense
            or LedgerAccount.LoanLossAllowance => AccountClass.Liability,
            LedgerAccount.InterestIncome
            or LedgerAccount.FeeIncome
            or LedgerAccount.PenaltyIncome
            or LedgerAccount.RecoveryIncome
            or LedgerAccount.BankInterest => AccountClass.Income,
            LedgerAccount.WriteOffExpense
            or LedgerAccount.GoodwillExpense
            or LedgerAccount.BankCharges
            or LedgerAccount.ProvisionExpense
            or LedgerAccount.ChargeOffExpense
            or LedgerAccount.ChargeOffInterest
            or LedgerAccount.ChargeOffCharges
            or LedgerAccount.CollectionCommission => AccountClass.Expense,
            _ => AccountClass.Asset,
        };
}
