using Paydown.Client;
using Paydown.Lending.Identifiers;
using Paydown.Server.Demo;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Client;

public sealed class ClientCallsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_verified_report_appears_in_the_customers_list()
    {
        await DemoLender.LoadOnceAsync(server.Database, server.Clock, default);
        using var customer = new PaydownClient(server.Address);
        using var cashier = new PaydownClient(server.Address);
        var user = await customer.SignIn.SignInAsync(DemoPeople.Customer.Email, DemoPeople.Password);
        var officer = await cashier.SignIn.SignInAsync(DemoPeople.Cashier.Email, DemoPeople.Password);
        officer.Role.ShouldBe(UserRole.Cashier);

        var instructions = await customer.Repayments.GetInstructionsAsync(DemoApplications.UpToDate.Value);
        var recorded = await customer.Repayments.ReportAsync(
            new()
            {
                RepaymentAmount = 0.10m,
                CustomerId = user.Id,
                AccountId = DemoPeople.Id<LoanId>(101).Value,
                BankAccountId = DemoPeople.Id<BankAccountId>(41).Value,
                RepaymentReference = instructions.PaymentReference,
                PaymentDate = server.Today,
                PaymentNarration = "Ten kobo",
            }
        );
        recorded.VerificationStatus.ShouldBe(VerificationStatus.PendingVerification);
        var decided = await cashier.Officers.VerifyRepaymentAsync(recorded.Id);

        decided.Allocation.Sum(line => line.Principal + line.Interest + line.Fees + line.Penalty).ShouldBe(0.10m);
        var shown = await customer.Repayments.ListAsync(user.Id).FirstAsync(one => one.Id == recorded.Id);
        shown.VerificationStatus.ShouldBe(VerificationStatus.Verified);
        shown.RepaymentAmount.ShouldBe(0.10m);
        shown.LoanRepaymentMethodEnum.ShouldBe(RepaymentMethod.BankTransfer);
        shown.LoanApplicationId.ShouldBe(DemoApplications.UpToDate.Value);
    }

    [Fact]
    public async Task A_customer_reads_loans_installments_and_a_payoff_quote()
    {
        var setting = await ClientSetting.CreateAsync(server);
        var (client, id) = (setting.Client(), setting.Customer.UserId);
        var application = setting.Loan.ApplicationId!.Value;

        var loan = await client.Loans.GetAsync(application.Value);
        loan.AccountState.ShouldBe(AccountState.Active);
        loan.DurationCounter.ShouldNotBe(DurationUnit.Unknown);
        loan.LoanApplicationStatus.ShouldBe(ApplicationStatus.Disbursed);
        loan.PaymentHistory!.Count.ShouldBe(12);
        (await client.Loans.GetActiveAsync(id)).ShouldHaveSingleItem().PaymentHistory.ShouldBeNull();
        (await client.Loans.ListAsync(id).ToListAsync())
            .ShouldHaveSingleItem()
            .AccountId.ShouldBe(setting.Loan.Id.Value);
        (await client.Loans.GetPageAsync(id, 1)).Total.ShouldBe(1);
        (await client.Loans.GetTotalsAsync(id)).TotalOutstanding.ShouldBe(1200m);
        (await client.Repayments.ListPendingAsync(id).ToListAsync()).Count.ShouldBe(12);
        var page = await client.Repayments.GetPendingPageAsync(id, 2, 5);
        (page.Records[0].InstallmentNumber, page.Total, page.IsLast).ShouldBe((6, 12, false));
        var quote = await client.Repayments.GetPayoffQuoteAsync(application.Value, server.Today.AddDays(3));
        (quote.PayoffAmount, quote.PayoffDate).ShouldBe((1200m, server.Today.AddDays(3)));
    }

    [Fact]
    public async Task A_cashier_finds_a_loan()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var cashier = await setting.OfficerAsync(Role.Cashier);
        var filter = new LoanFilter { Search = setting.Loan.Reference, State = AccountState.Active };
        var found = await cashier.Officers.ListLoansAsync(filter).ToListAsync();
        found.ShouldHaveSingleItem().AccountId.ShouldBe(setting.Loan.Id.Value);
        found[0].AccountState.ShouldBe(AccountState.Active);
        var page = await cashier.Officers.GetLoanPageAsync(1, 5, filter with { EarliestDueFirst = true });
        page.Records.ShouldBe(found);
        (await cashier.Officers.ListLoansAsync(filter with { OverdueDays = 1 }).ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Customer_and_officers_read_the_history_of_a_loan_down_to_its_journal_entries()
    {
        var setting = await ClientSetting.CreateAsync(server, new() { PaidMinor = 30_00 });
        using var manager = await setting.OfficerAsync(Role.Manager);
        var shown = await setting.Client().Loans.ListEventsAsync(setting.Loan.Id.Value).ToListAsync();
        shown.Select(one => one.Kind).ShouldBe([HistoryKind.Disbursement, HistoryKind.Repayment]);
        shown[1].Entries.ShouldBeNull();
        (await setting.Client().Loans.GetEventPageAsync(setting.Loan.Id.Value, 2, 1)).Records[0].Amount.ShouldBe(30m);
        var events = await manager.Officers.ListLoanEventsAsync(setting.Loan.Id.Value).ToListAsync();
        var entry = events[1].Entries!.First(one => one.Kind == JournalEntryKind.RepaymentVerified);
        (await manager.Ledger.GetEntryAsync(entry.CustomerId, entry.EntryId)).Postings.ShouldBe(entry.Postings);
        (await manager.Officers.GetLoanEventPageAsync(setting.Loan.Id.Value, 1, 1)).Total.ShouldBe(2);
    }

    [Fact]
    public async Task A_customer_pays_off_a_loan_and_adds_a_bank_account()
    {
        var setting = await ClientSetting.CreateAsync(server);
        var client = setting.Client();

        var payoff = await client.Repayments.PayOffAsync(
            new()
            {
                LoanApplicationId = setting.Loan.ApplicationId!.Value.Value,
                PaymentMethod = RepaymentMethod.BankTransfer,
                PayoffAmount = 1200.000m,
            }
        );
        payoff.PayoffAmount.ShouldBe(1200m);
        payoff.VerificationStatus.ShouldBe(VerificationStatus.PendingVerification);
        payoff.LoanStatus.ShouldNotBe(ApplicationStatus.Unknown);
        var added = await client.BankAccounts.AddAsync(
            new()
            {
                CustomerId = setting.Customer.UserId,
                AccountNumber = "3055501010",
                AccountName = "Ada Example",
                BankCode = "011",
                BankName = "Second Bank",
                AccountType = BankAccountType.Current,
            }
        );
        (await client.BankAccounts.GetAsync(added.AccountId)).AccountType.ShouldBe(BankAccountType.Current);
        (await client.BankAccounts.GetAllAsync(setting.Customer.UserId)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_customer_sets_a_pin_and_transfers_money_from_the_wallet()
    {
        var setting = await TestWallet.CreateAsync(server, 1_000_00);
        using var client = new PaydownClient(
            new HttpClient(new Line()),
            ClientSetting.Options with
            {
                Address = server.Address,
            }
        );
        client.SignIn.Resume(new PaydownSession { AccessToken = setting.Customer.Token });

        await client.Wallet.SetPinAsync(new() { NewPin = "4821", Password = TestOrganisation.Password });
        (await client.BankAccounts.GetBanksAsync()).ShouldContain(bank => bank.BankCode == "058");
        (await client.BankAccounts.VerifyAsync("058", setting.AccountNumber)).AccountName.ShouldBe("EXAMPLE ADA");
        var sent = await client.Wallet.TransferAsync(
            new()
            {
                CustomerId = setting.Customer.UserId,
                Amount = 250.500m,
                BankAccountId = setting.BankAccountId,
                AccountNumber = setting.AccountNumber,
                BankCode = "058",
                AccountName = "Ada Example",
                TransactionPin = "4821",
                Description = "Rent",
            }
        );
        (sent.Status, sent.Amount).ShouldBe((TransferStatus.Pending, 250.50m));
        (await client.Wallet.GetAsync(setting.Customer.UserId)).Balance.ShouldBe(749.50m);
        var shown = await client.Wallet.GetTransferAsync(sent.TransactionReference);
        (shown.Description, shown.SettlementDetails.BankCode).ShouldBe(("Rent", "058"));
        (await client.Wallet.ListTransfersAsync(setting.Customer.UserId).ToListAsync())
            .ShouldHaveSingleItem()
            .ShouldBe(shown);
        var history = await client.Wallet.ListHistoryAsync(setting.Customer.UserId).ToListAsync();
        history
            .Select(item => (item.Kind, item.BalanceAfter))
            .ShouldBe([(WalletMovementKind.FundsWithdrawn, 749.50m), (WalletMovementKind.DisbursedToWallet, 1_000m)]);
    }

    [Fact]
    public async Task Officers_verify_reject_and_reverse_repayments()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var customer = setting.Client();
        using var cashier = await setting.OfficerAsync(Role.Cashier);
        var application = setting.Loan.ApplicationId;
        var first = await customer.Repayments.ReportAsync(setting.Report(100.50m));
        var second = await customer.Repayments.ReportAsync(setting.Report(50m));

        (await cashier.Officers.VerifyRepaymentAsync(first.Id)).TotalBalance.ShouldBe(1099.50m);
        (await customer.Repayments.GetRepaidAsync(setting.Customer.UserId))
            .ShouldHaveSingleItem()
            .Status.ShouldBe(RepaidStatus.Verified);
        (await cashier.Officers.RejectRepaymentAsync(second.Id, "Not found")).RejectionReason.ShouldBe("Not found");
        (await cashier.Officers.ReverseRepaymentAsync(first.Id, "Bounced")).IsReversed.ShouldBeTrue();
        var rejected = await cashier
            .Officers.ListRepaymentsAsync(
                new()
                {
                    LoanApplicationId = application?.Value,
                    Status = VerificationStatus.Rejected,
                    StartDate = server.Today.AddDays(-1),
                    EndDate = server.Today.AddDays(1),
                }
            )
            .ToListAsync();
        rejected.Select(one => one.Id).ShouldBe([second.Id, first.Id]);
    }

    [Fact]
    public async Task Officers_record_and_correct_repayments_and_a_customer_withdraws_one()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var customer = setting.Client();
        using var cashier = await setting.OfficerAsync(Role.Cashier);
        using var manager = await setting.OfficerAsync(Role.Manager);
        var cash = await cashier.Officers.RecordRepaymentAsync(
            new()
            {
                AccountId = setting.Loan.Id.Value,
                RepaymentAmount = 75.250m,
                PaymentMethod = RepaymentMethod.Cash,
                RepaymentReference = "RECEIPT 1042",
            }
        );
        (cash.RepaymentAmount, cash.VerificationStatus).ShouldBe((75.25m, VerificationStatus.PendingVerification));
        (await manager.Officers.VerifyRepaymentAsync(cash.Id)).TotalBalance.ShouldBe(1124.75m);

        var reported = await customer.Repayments.ReportAsync(setting.Report(100m));
        var decided = await cashier.Officers.VerifyRepaymentAsync(
            reported.Id,
            new RepaymentCorrection { Amount = 99.5m, Reason = "A fee" }
        );
        (decided.RepaymentAmount, decided.ReportedAmount).ShouldBe((99.50m, 100m));
        var shown = await cashier.Officers.GetRepaymentAsync(reported.Id);
        shown.Decisions.ShouldHaveSingleItem().Kind.ShouldBe(DecisionKind.Verified);

        var mistaken = await customer.Repayments.ReportAsync(setting.Report(5m));
        (await customer.Repayments.WithdrawAsync(mistaken.Id)).TotalPayable.ShouldBe(1025.25m);
    }

    [Fact]
    public async Task A_manager_applies_a_charge_and_hands_over_collection()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var manager = await setting.OfficerAsync(Role.Manager);

        var charge = await manager.Officers.ApplyChargeAsync(
            setting.Loan.Id.Value,
            new()
            {
                Kind = ChargeKind.Fee,
                Amount = 12.340m,
                DueDate = server.Today.AddDays(5),
                Reason = "Copy of the contract",
            }
        );
        (charge.Kind, charge.FeesBalance).ShouldBe((ChargeKind.Fee, 12.34m));
        (await manager.Officers.SetThirdPartyCollectionAsync(setting.Loan.Id.Value, "Collectors")).Collector.ShouldBe(
            "Collectors"
        );
        (
            await manager.Officers.SetThirdPartyCollectionAsync(setting.Loan.Id.Value, null)
        ).IsThirdPartyPayment.ShouldBeFalse();
    }

    [Fact]
    public async Task A_registered_customer_can_sign_in_and_be_found()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var client = new PaydownClient(ClientSetting.Options with { Address = server.Address });
        var registered = await client.SignIn.RegisterAsync(
            new()
            {
                FirstName = "Bola",
                LastName = "Registered",
                Email = "bola.client@example.com",
                DialingCode = "234",
                Phone = "8005550101",
                Dob = new(1990, 5, 17),
                Password = "Password@1",
                ConfirmPassword = "Password@1",
                Address = new()
                {
                    Address1 = "1 Street",
                    CountryCommonName = "Nigeria",
                    CountryIso3 = "NGA",
                },
                OrganisationId = server.Lender.Id.Value,
            }
        );
        var user = await client.SignIn.SignInAsync("bola.client@example.com", "Password@1");
        user.Id.ShouldBe(registered.Id);
        (await client.Customers.GetOwnAsync(user.Id)).ShouldBe(registered);
        using var manager = await setting.OfficerAsync(Role.Manager);
        (await manager.Customers.ListAsync("bola reg").ToListAsync()).ShouldBe([registered]);
        (await manager.Customers.GetPageAsync(1, search: "bola reg")).Total.ShouldBe(1);
        (await manager.Customers.GetAsync(user.Id)).ShouldBe(registered);
    }

    [Fact]
    public async Task A_manager_invites_an_employee_who_manages_the_own_sign_in()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var manager = await setting.OfficerAsync(Role.Manager);
        var mailbox = new Mailbox(server);
        var definition = new StaffDefinition
        {
            Email = "invited.client@example.com",
            FirstName = "Bola",
            LastName = "Client",
            Role = UserRole.Agent,
        };
        var invited = await manager.Staff.InviteAsync(definition);
        (invited.State, invited.Role).ShouldBe((StaffState.Invited, UserRole.Agent));
        (await manager.Staff.ListAsync().FirstAsync()).ShouldBe(invited);
        (await manager.Staff.GetPageAsync(1)).Records[0].ShouldBe(invited);

        using var employee = new PaydownClient(ClientSetting.Options with { Address = server.Address });
        await employee.Account.AcceptInvitationAsync(
            await mailbox.TokenAsync(definition.Email, "INVITATION"),
            "Tea-At-7-Lagos"
        );
        await employee.SignIn.SignInAsync(definition.Email, "Tea-At-7-Lagos", server.Lender.Id.Value);
        await employee.Account.ChangePasswordAsync("Tea-At-7-Lagos", "Tea-At-8-Lagos");
        await employee.Account.SendEmailConfirmationAsync();
        await employee.Account.ConfirmEmailAsync(await mailbox.TokenAsync(definition.Email, "EMAIL_CONFIRMATION"));
        await employee.SignIn.SignInAsync(definition.Email, "Tea-At-8-Lagos", server.Lender.Id.Value);
        (await employee.Account.GetSecondFactorAsync()).ShouldBe(
            new SecondFactor
            {
                IsOn = false,
                IsRequired = false,
                ConfirmedAt = null,
                RecoveryCodesLeft = 0,
            }
        );
        var app = new OtpNet.Totp(
            OtpNet.Base32Encoding.ToBytes((await employee.Account.SetUpSecondFactorAsync("Tea-At-8-Lagos")).Secret)
        );
        string Code() => app.ComputeTotp(server.Clock.GetUtcNow().UtcDateTime);
        (await employee.Account.ConfirmSecondFactorAsync(Code())).Codes!.Count.ShouldBe(10);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await employee.SignIn.SignInAsync(definition.Email, "Tea-At-8-Lagos", Code(), server.Lender.Id.Value);
        (await employee.Account.RenewRecoveryCodesAsync("Tea-At-8-Lagos")).Codes!.Count.ShouldBe(10);
        await employee.Account.RemoveSecondFactorAsync("Tea-At-8-Lagos");
        var sessions = await employee.Account.ListSessionsAsync().ToListAsync();
        await employee.Account.EndSessionAsync(sessions.First(session => !session.IsCurrent).Id);
        await employee.Account.ForgotPasswordAsync(definition.Email, server.Lender.Id.Value);
        await employee.Account.ResetPasswordAsync(
            await mailbox.TokenAsync(definition.Email, "PASSWORD_RESET"),
            "Tea-At-9-Lagos"
        );

        var changed = await manager.Staff.ChangeAsync(invited.Id, definition with { Role = UserRole.Cashier });
        (changed.State, changed.Role).ShouldBe((StaffState.Active, UserRole.Cashier));
        (await manager.Staff.DisableAsync(invited.Id)).State.ShouldBe(StaffState.Disabled);
        (await manager.Staff.EnableAsync(invited.Id)).State.ShouldBe(StaffState.Active);
        (await manager.Staff.UnlockAsync(invited.Id)).LockedUntil.ShouldBeNull();
        (await manager.Staff.ResetSignInAsync(invited.Id)).State.ShouldBe(StaffState.Invited);
        (await manager.Staff.GetAsync(invited.Id)).State.ShouldBe(StaffState.Invited);
        await manager.Customers.UnlockAsync(setting.Customer.UserId);
        await manager.Customers.ResetSecondFactorAsync(setting.Customer.UserId);
    }

    [Fact]
    public async Task A_manager_keeps_banks_and_the_blacklist()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var manager = await setting.OfficerAsync(Role.Manager);
        var administration = manager.Administration;
        var wallet = await administration.ChangeBankAsync(
            "999992",
            new() { BankName = "Example Wallet", HasNuban = false }
        );
        (await administration.GetBanksAsync()).ShouldContain(wallet);
        await administration.RemoveBankAsync("999992");
        (await administration.GetBanksAsync()).ShouldNotContain(wallet);

        var entry = await administration.AddToBlacklistAsync(
            new NewBlacklistEntry
            {
                Kind = BlacklistKind.Bvn,
                Value = "22345678911",
                Reason = "Fraud",
            }
        );
        (await administration.ListBlacklistAsync(BlacklistKind.Bvn).FirstAsync()).ShouldBe(entry);
        (await administration.GetBlacklistPageAsync(1)).Records.ShouldContain(entry);
        (await administration.RemoveFromBlacklistAsync(entry.Id)).ShouldBe(entry);
    }

    [Fact]
    public async Task An_api_token_works_within_its_scope_until_it_is_revoked()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var manager = await setting.OfficerAsync(Role.Manager);
        var made = await manager.Administration.CreateApiTokenAsync(
            new()
            {
                Name = "Client",
                Scopes = [ApiScopes.RepaymentsRead],
                ExpiresInDays = 1,
            }
        );
        using var importer = new PaydownClient(ClientSetting.Options with { Address = server.Address });
        importer.SignIn.Resume(new PaydownSession { AccessToken = made.Token! });
        (await importer.Officers.GetRepaymentPageAsync(1)).Number.ShouldBe(1);
        await Should.ThrowAsync<PaydownRefusedException>(() => importer.Loans.GetTotalsAsync(setting.Customer.UserId));

        (await manager.Administration.RevokeApiTokenAsync(made.Id)).RevokedAt.ShouldNotBeNull();
        var refused = await Should.ThrowAsync<PaydownRefusedException>(() =>
            importer.Officers.GetRepaymentPageAsync(1)
        );
        refused.Code.ShouldBe("AUTH_REQUIRED");
        (await manager.Administration.ListApiTokensAsync().FirstAsync(token => token.Id == made.Id)).Scopes.ShouldBe([
            ApiScopes.RepaymentsRead,
        ]);
        var filter = new AuditFilter
        {
            SubjectId = made.Id,
            From = server.Today.AddDays(-1),
            To = server.Today.AddDays(1),
        };
        (
            await manager.Administration.ListAuditEntriesAsync(filter).Select(entry => entry.Action).ToListAsync()
        ).ShouldBe(["API_TOKEN_REVOKED", "API_TOKEN_CREATED"]);
        (
            await manager.Administration.GetAuditPageAsync(1, 1, filter with { Action = "API_TOKEN_CREATED" })
        ).Total.ShouldBe(1);
    }

    [Fact]
    public async Task A_manager_waives_writes_off_and_refunds()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var manager = await setting.OfficerAsync(Role.Manager);
        var charge = await manager.Officers.ApplyChargeAsync(
            setting.Loan.Id.Value,
            new()
            {
                Kind = ChargeKind.Fee,
                Amount = 12.34m,
                DueDate = server.Today,
            }
        );
        (await manager.Officers.GetChargesAsync(setting.Loan.Id.Value)).ShouldHaveSingleItem().Unpaid.ShouldBe(12.34m);

        var waived = await manager.Officers.WaiveAsync(
            setting.Loan.Id.Value,
            new()
            {
                Debt = WaivedDebt.Charge,
                ChargeId = charge.Id,
                Amount = 2.340m,
                Reason = "Goodwill",
            }
        );
        (waived.Debt, waived.WaivedAmount, waived.FeesBalance).ShouldBe((WaivedDebt.Charge, 2.34m, 10m));
        var lost = await manager.Officers.WriteOffLoanAsync(setting.Loan.Id.Value, "Insolvent");
        (lost.IsWrittenOff, lost.AccountState).ShouldBe((true, AccountState.WrittenOff));
        var overpaid = await server.Lender.AddLoanAsync(setting.Customer, new() { PaidMinor = 1_205_00 });
        var refund = await manager.Officers.RefundOverpaymentAsync(overpaid.Id.Value, new() { Amount = 5m });
        (refund.RefundedAmount, refund.WalletBalance, refund.AccountState).ShouldBe((5m, 2_405m, AccountState.Closed));
    }

    [Fact]
    public async Task A_manager_sees_and_changes_what_was_agreed_on_a_loan()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var manager = await setting.OfficerAsync(Role.Manager);
        var (loan, acts) = (setting.Loan.Id.Value, manager.LoanActs);
        var rescheduling = new Rescheduling
        {
            From = server.Today,
            ExtraInstallments = 2,
            Reason = "Lost work",
            DryRun = true,
        };
        var shown = await acts.RescheduleAsync(loan, rescheduling);
        (shown.IsPreview, shown.ActId).ShouldBe((true, null));
        var done = await acts.RescheduleAsync(loan, rescheduling with { DryRun = null });
        (done.IsPreview, done.ScheduleAfter.Count).ShouldBe((false, shown.ScheduleBefore.Count + 2));
        var pause = new ArrearsPause
        {
            From = server.Today,
            Through = server.Today.AddDays(9),
            Reason = "Flood",
        };
        (await acts.PauseArrearsAsync(loan, pause)).ActId.ShouldNotBeNull();
        (await acts.ResumeArrearsAsync(loan, new() { Reason = "The flood is over" })).ActId.ShouldNotBeNull();
        (await acts.TerminateAsync(loan, new() { Reason = "Fraud", DryRun = true })).IsPreview.ShouldBeTrue();
        (await manager.Officers.GetActsAsync(loan)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Long_lists_are_complete_when_streamed_or_paged()
    {
        var setting = await ClientSetting.CreateAsync(server);
        var ids = new List<Guid>();
        for (var i = 0; i < 130; i++)
            ids.Add(await server.Lender.ReportAsync(setting.Loan, 100 + i, server.Today));
        ids.Reverse();
        using var client = setting.Client();
        using var cashier = await setting.OfficerAsync(Role.Cashier);

        var streamed = await client.Repayments.ListAsync(setting.Customer.UserId).ToListAsync();
        streamed.Select(one => one.Id).ShouldBe(ids);
        streamed.Select(one => one.RepaymentAmount).ShouldBe(ids.Select((_, i) => (229 - i) / 100m));
        var filter = new OfficerRepaymentFilter { LoanApplicationId = setting.Loan.ApplicationId?.Value };
        (await cashier.Officers.ListRepaymentsAsync(filter).Select(one => one.Id).ToListAsync()).ShouldBe(ids);
        (await client.Repayments.GetPageAsync(setting.Customer.UserId, 2, 100)).Records.Count.ShouldBe(30);
        (
            await client
                .Repayments.ListAsync(setting.Customer.UserId, new() { Status = VerificationStatus.Verified })
                .ToListAsync()
        ).ShouldBeEmpty();
    }
}
