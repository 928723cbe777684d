namespace Paydown.Server.Tests.Contract;

/// <summary>Every field of every published response. A question mark marks a field that may be null.</summary>
internal static class PublishedAnswers
{
    public static PublishedShape CustomerRepayment { get; } =
        PublishedShape.Of(
            """
            id uuid, loanRepaymentMethodEnum string, accountProductName string, customerName string, email string,
            repaymentAmount number, loanProductName string, principalBalance number, totalBalance number,
            loanAmountPaid boolean, creationDate instant, paymentDueDate date?, installmentCount number, accountId uuid,
            loanApplicationId uuid?, totalPayable number, verificationStatus string, rejectionReason string?,
            repaymentReference string, paymentDate date, allocation list
            """
        );

    public static PublishedShape RepayLoan { get; } =
        PublishedShape.Of(
            """
            id uuid, repaymentAmount number, customerName string, email string, loanProductName string,
            repaymentReference string, verificationStatus string, message string
            """
        );

    public static PublishedShape Instructions { get; } =
        PublishedShape.Of(
            """
            loanApplicationId uuid, paymentMethods [ method string, name string, description string ],
            bankAccountDetails { accountNumber string, accountName string, bankCode string, bankName string },
            paymentReference string, instructions [ step number, text string ],
            contactInformation { email string, phone string, hours string },
            amountDue number, dueDate date, totalPayable number, currencyCode string
            """
        );

    public static PublishedShape PendingRepayment { get; } =
        PublishedShape.Of(
            """
            loanApplicationId uuid?, installmentNumber number, dueDate date, amountDue number, principalAmount number,
            interestAmount number, status string, daysOverdue number, feesAmount number, penaltyAmount number,
            accountId uuid
            """
        );

    public static PublishedShape RepaidTransaction { get; } =
        PublishedShape.Of(
            """
            repaymentId uuid, loanApplicationId uuid?, repaymentAmount number, paymentDate date, paymentMethod string,
            status string
            """
        );

    public static PublishedShape Payoff { get; } =
        PublishedShape.Of(
            """
            repaymentId uuid, loanApplicationId uuid, payoffAmount number, remainingBalance number, loanStatus string,
            transactionReference string, payoffDate date
            """
        );

    // A loan that was taken over has no application. A loan that a third party collects shows no account of the lender.
    private const string LoanFields = """
        loanApplicationId uuid?, customerId uuid, customerName string, customerEmail string, loanProductName string,
        loanApplicationStatus string?, accountState string, loanAmount number, interestRate number,
        totalRepaymentAmount number, totalBalance number, principalBalance number, interestBalance number,
        feesBalance number, penaltyBalance number, totalAmountPaid number, principalPaid number, interestPaid number,
        feesPaid number, penaltyPaid number, applicationDate string?, disbursementDate date,
        firstInstallmentDate date, maturityDate date, nextPaymentDueDate date?, totalInstallments number,
        installmentsPaid number, installmentsRemaining number, loanDuration number, durationCounter string,
        loanRepaymentMethod string, isThirdPartyPayment boolean, repaymentBankName string?,
        repaymentAccountNumber string?, repaymentAccountName string?, loanFullyRepaid boolean, currencyCode string
        """;

    public static PublishedShape ActiveLoan { get; } = PublishedShape.Of(LoanFields);

    public static PublishedShape LoanDetails { get; } =
        PublishedShape.Of(
            $"""
            {LoanFields}, paymentHistory [
              installmentNumber number, dueDate date, installmentAmount number, principalAmount number,
              interestAmount number, feesAmount number, penaltyAmount number, amountPaid number, outstandingAmount number,
              paymentStatus string, paymentDate date?, daysOverdue number ]
            """
        );

    public static PublishedShape Product { get; } =
        PublishedShape.Of(
            """
            id uuid, name string, description string, currencyCode string, minimumAmount number, maximumAmount number,
            minimumDuration number, maximumDuration number, durationUnit string, interestRate number,
            interestMethod string, fees list, repaymentMethods list
            """
        );

    public static PublishedShape Question { get; } =
        PublishedShape.Of("questionId uuid, question string, type string, options list, required boolean");

    public static PublishedShape LoanTerms { get; } =
        PublishedShape.Of(
            """
            organisationId uuid, termsAndConditions string, interestRateRange { minimum number, maximum number },
            feeStructure object, repaymentTerms object, eligibilityCriteria object, lastUpdated instant
            """
        );

    public static PublishedShape Application { get; } =
        PublishedShape.Of(
            """
            loanDetails {
              id uuid, dateOfRequest instant, loanRequestUserId uuid, loanProduct uuid, organisation uuid,
              loanApplicationStatusEnum string, requestedLoanAmount number, loanDuration number,
              loanRepaymentMethodEnum string, customerCreditAccountId uuid?, employmentStatus string,
              monthlyIncome number, currencyCode string, durationCounter string, customerName string, email string,
              loanApplicationId uuid, phoneNumber string, dateOfBirth date },
            loanProductName string
            """
        );

    public static PublishedShape Offer { get; } =
        PublishedShape.Of(
            """
            loanApplicationId uuid, productName string, offeredAmount number, interestRate number, loanDuration number,
            durationCounter string, installmentAmount number, totalRepaymentAmount number, fees list, expiresAt instant,
            schedule list
            """
        );

    public static PublishedShape UpdatedApplication { get; } =
        PublishedShape.Of(
            """
            applicationId uuid, loanProductId uuid, userName string, productName string, currencyCode string,
            employmentStatus string, loanApplicationcreatedDate instant, userId uuid, durationCounterUnitEnum string,
            requestedLoanAmount number, loanStatus string, monthlyIncome number, dateOfBirth date, loanDuration number
            """
        );

    public static PublishedShape Totals { get; } =
        PublishedShape.Of(
            """
            totalBorrowed number, totalDisbursed number, totalOutstanding number, totalRepaid number, activeLoans number,
            nextDueDate date, nextDueAmount number
            """
        );

    public static PublishedShape Bank { get; } = PublishedShape.Of("bankCode string, bankName string");

    public static PublishedShape NamedAccount { get; } =
        PublishedShape.Of("accountName string, accountNumber string, bankCode string, bankName string");

    public static PublishedShape AddedAccount { get; } =
        PublishedShape.Of(
            """
            accountId uuid, customerId uuid, accountNumber string, accountName string, bankCode string, bankName string,
            isDefault boolean, isVerified boolean
            """
        );

    public static PublishedShape ShownAccount { get; } =
        PublishedShape.Of(
            """
            accountId uuid, customerId uuid, accountNumber string, accountName string, bankCode string, bankName string,
            isDefault boolean, isVerified boolean, accountType string, createdDate instant
            """
        );

    public static PublishedShape Transfer { get; } =
        PublishedShape.Of(
            """
            transactionReference string, transferId uuid, amount number, status string, transferDate instant,
            estimatedSettlementTime string
            """
        );

    public static PublishedShape TransferStatus { get; } =
        PublishedShape.Of(
            """
            transactionReference string, transferStatus string, initiatedDate instant, completedDate instant?,
            failureReason string?, amount number, settlementDetails object
            """
        );

    public static PublishedShape SignedIn { get; } =
        PublishedShape.Of(
            """
            access_token string, refresh_token string, token_type string, expires_in number,
            user { id uuid, role string, firstName string, lastName string, email string, organisationId uuid }
            """
        );

    public static PublishedShape TokenPair { get; } =
        PublishedShape.Of("access_token string, refresh_token string, token_type string, expires_in number");
}
