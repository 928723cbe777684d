using Paydown.Lending.Identifiers;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;
using static Paydown.Server.Tests.TestApplication;

namespace Paydown.Server.Tests.Applications;

public sealed class RequestLoanTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_request_is_recorded_and_its_details_have_the_shape_of_the_contract()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await CreateAsync(server);
        var bankAccountId = await server.Lender.BankAccountOfAsync(applying.Applicant);
        var answer = await applying.Applicant.PostAsync("user/request-loan", RequestFor(product));
        var data = answer.ShouldSucceed();
        var id = data.GetProperty("loanDetails").GetProperty("id").GetGuid();

        var shown = (await applying.Applicant.GetAsync($"user/loan-application-details/{id}")).ShouldSucceed();
        shown.GetRawText().ShouldBe(data.GetRawText());
        shown.GetProperty("loanDetails").GetProperty("customerCreditAccountId").GetGuid().ShouldBe(bankAccountId);
        shown.GetProperty("loanProductName").GetString().ShouldBe(product.Name);
        var details = shown.GetProperty("loanDetails");
        details
            .EnumerateObject()
            .Select(field => field.Name)
            .Take(19)
            .ShouldBe([
                "id",
                "dateOfRequest",
                "loanRequestUserId",
                "loanProduct",
                "organisation",
                "loanApplicationStatusEnum",
                "requestedLoanAmount",
                "loanDuration",
                "loanRepaymentMethodEnum",
                "customerCreditAccountId",
                "employmentStatus",
                "monthlyIncome",
                "currencyCode",
                "durationCounter",
                "customerName",
                "email",
                "loanApplicationId",
                "phoneNumber",
                "dateOfBirth",
            ]);
        details.GetProperty("loanApplicationStatusEnum").GetString().ShouldBe("REQUESTED");
        details.GetProperty("requestedLoanAmount").GetDecimal().ShouldBe(12000);
        details.GetProperty("customerName").GetString().ShouldBe("Ada Example");
        details.GetProperty("dateOfBirth").GetString().ShouldBe("1990-05-17");
    }

    [Fact]
    public async Task A_duration_may_be_a_string_of_digits_and_unknown_fields_are_ignored()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await CreateAsync(server);
        var id = await applying.RequestAsync(product, ("loanDuration", "6"), ("channel", "app"));
        (await applying.DetailsAsync(id)).GetProperty("loanDuration").GetInt32().ShouldBe(6);
    }

    [Fact]
    public async Task A_green_score_is_approved_and_offered_at_once_if_the_product_approves_automatically()
    {
        var product = await AddAsync(usual => usual with { ApprovesAutomatically = true });
        var applying = await CreateAsync(server);
        var id = await applying.RequestAsync(product);
        (await applying.StatusAsync(id)).ShouldBe("OFFER_SENT");
        (
            await server.ScalarAsync<long>(
                "select count(*) from outbox_event where customer_id = $1 and type = 'LOAN_APPROVED'",
                applying.Applicant.UserId
            )
        ).ShouldBe(1);
        var file = (await applying.Officer.GetAsync($"admin/loan-application/{id}")).ShouldSucceed();
        file.GetProperty("events")
            .EnumerateArray()
            .Select(one => one.GetProperty("status").GetString())
            .ShouldBe(["REQUESTED", "APPROVED", "OFFER_SENT"]);
        // No person took the steps after the request.
        file.GetProperty("events")
            .EnumerateArray()
            .Select(one => one.GetProperty("recordedBy").GetGuid())
            .ShouldBe([applying.Applicant.UserId, Guid.Empty, Guid.Empty]);
        file.GetProperty("scoreBand").GetString().ShouldBe("GREEN");
        file.GetProperty("scoreParts")
            .EnumerateArray()
            .Sum(part => part.GetProperty("points").GetInt32())
            .ShouldBe(file.GetProperty("score").GetInt32());
        file.GetProperty("checks").GetArrayLength().ShouldBe(9);
        file.GetProperty("bvn").GetString().ShouldBe("*******8901");
    }

    [Fact]
    public async Task A_failed_check_and_a_red_score_reject_with_their_reason()
    {
        var product = await AddAsync(usual => usual with { ApprovesAutomatically = true });
        var applying = await CreateAsync(server);
        var tooMuch = await applying.Applicant.PostAsync(
            "user/request-loan",
            With(product, ("loanAmount", 50000.01), ("dateOfBirth", "2020-01-01"))
        );
        tooMuch.ShouldSucceed();
        tooMuch
            .Json.GetProperty("message")
            .GetString()
            .ShouldNotBeNull()
            .ShouldStartWith(
                "Your application is rejected. The amount must be from 100.00 NGN to 50000.00 NGN. The age"
            );
        var red = await applying.RequestAsync(product, ("employmentStatus", "UNEMPLOYED"), ("monthlyIncome", 0));
        var details = await applying.DetailsAsync(red);
        details.GetProperty("loanApplicationStatusEnum").GetString().ShouldBe("REJECTED");
        details.GetProperty("reason").GetString().ShouldNotBeNull().ShouldStartWith("The score of 25 is below 40");
        // A rejected customer may apply again.
        (await applying.StatusAsync(await applying.RequestAsync(product))).ShouldBe("OFFER_SENT");
    }

    [Theory]
    [InlineData("firstName", "Bob", 422, "VALIDATION_ERROR", "Ada Example")]
    [InlineData("lastName", "Sample", 422, "VALIDATION_ERROR", "Ada Example")]
    [InlineData("accountNumber", "1", 422, "VALIDATION_ERROR", "NUBAN")]
    [InlineData("bankCode", "999", 404, "BANK_UNKNOWN", "get-available-banks")]
    public async Task A_different_name_and_an_impossible_account_number_are_refused(
        string field,
        string value,
        int status,
        string code,
        string words
    )
    {
        var applying = await CreateAsync(server);
        var product = await server.Lender.AddProductAsync();
        var answer = await applying.Applicant.PostAsync("user/request-loan", With(product, (field, value)));
        answer.ShouldBeRefused(status, code).Json.GetProperty("message").GetString()!.ShouldContain(words);
        answer
            .Json.GetProperty("errors")
            .EnumerateArray()
            .Select(error => error.GetProperty("field").GetString())
            .ShouldContain(field);
    }

    [Fact]
    public async Task Answers_in_another_order_are_the_same_request()
    {
        var (registered, months) = (server.Ids.Next<QuestionId>(), server.Ids.Next<QuestionId>());
        var product = await AddAsync(usual =>
            usual with
            {
                Questions =
                [
                    new()
                    {
                        Id = registered,
                        Question = "Registered?",
                        Type = QuestionType.YesNo,
                    },
                    new()
                    {
                        Id = months,
                        Question = "Months?",
                        Type = QuestionType.Number,
                    },
                ],
            }
        );
        var applying = await CreateAsync(server);
        object[] answers =
        [
            new { questionId = registered, answer = "YES" },
            new { questionId = months, answer = "12" },
        ];
        var first = await applying.Applicant.PostAsync(
            "user/request-loan",
            With(product, ("eligibilityAnswers", answers)),
            "answers"
        );
        first.ShouldSucceed();
        var again = await applying.Applicant.PostAsync(
            "user/request-loan",
            With(product, ("eligibilityAnswers", answers.Reverse().ToArray())),
            "answers"
        );
        (again.Body, again.IsReplayed).ShouldBe((first.Body, true));
    }

    [Fact]
    public async Task Profile_country_and_blacklist_are_checked()
    {
        var product = await AddAsync(usual =>
            usual with
            {
                Eligibility = usual.Eligibility with { Countries = ["NGA"] },
            }
        );
        var applying = await CreateAsync(server);
        (await ReasonOfAsync(applying, product)).ShouldContain("The profile names no country");
        await server.BackDoor.ExecuteAsync(
            """
            insert into customer_profile (customer_id, organisation_id, dialing_code, phone, date_of_birth, address1,
                                          country_name, country_iso3, recorded_at)
            values ($1, $2, '+234', '8000000000', '1990-05-18', 'Street', 'Ghana', 'GHA', now())
            """,
            applying.Applicant.UserId,
            server.Lender.Id
        );
        var reason = await ReasonOfAsync(applying, product);
        reason.ShouldBe("The date of birth is not the one of the profile. The country must be one of NGA.");
        await server.BackDoor.ExecuteAsync(
            """
            insert into blacklist_entry (organisation_id, kind, value, reason, recorded_at)
            values ($1, 'PHONE', '(+234) 900 000', 'Fraud', now()), ($2, 'BVN', '22345678901', 'Elsewhere', now())
            """,
            server.Lender.Id,
            server.OtherLender.Id
        );
        (await ReasonOfAsync(applying, product)).ShouldNotContain("cannot lend");
        (await ReasonOfAsync(applying, product, ("phoneNumber", "+234-900000"))).ShouldContain("cannot lend");
    }

    [Fact]
    public async Task The_first_refusal_in_order_of_precedence_is_returned()
    {
        var product = await server.Lender.AddProductAsync();
        var closed = await server.Lender.AddProductAsync(isOpen: false);
        var applying = await CreateAsync(server);
        var agent = await server.Lender.AddUserAsync(Role.Agent);
        var foreign = await server.OtherLender.AddUserAsync(Role.Agent);
        const string path = "user/request-loan";
        var ours = ("customerId", (object?)applying.Applicant.UserId);
        var wrongCurrency = ("currencyCode", (object?)"EUR");

        (await applying.Applicant.PostAsync(path, With(product, ("bvn", "123")))).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
        (await agent.PostAsync(path, With(closed)))
            .ShouldBeRefused(422, "VALIDATION_ERROR")
            .Body.ShouldContain("customerId");
        (await applying.Applicant.PostAsync(path, With(closed, ("customerId", server.Ids.Next())))).ShouldBeRefused(
            403,
            "CUSTOMER_MISMATCH"
        );
        (await agent.PostAsync(path, With(closed, ("customerId", server.Ids.Next()))))
            .ShouldBeRefused(404, "NOT_FOUND")
            .Body.ShouldContain("customer");
        (await foreign.PostAsync(path, With(product, ours))).ShouldBeRefused(404, "NOT_FOUND");
        (
            await applying.Applicant.PostAsync(path, With(product, ("loanProductId", server.Ids.Next()), wrongCurrency))
        ).ShouldBeRefused(404, "NOT_FOUND");
        (await applying.Applicant.PostAsync(path, With(closed, wrongCurrency))).ShouldBeRefused(409, "PRODUCT_CLOSED");
        await applying.RequestAsync(product);
        (await applying.Applicant.PostAsync(path, With(product, wrongCurrency))).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
        (await applying.Applicant.PostAsync(path, RequestFor(product))).ShouldBeRefused(409, "APPLICATION_OPEN");
        (await agent.PostAsync(path, With(product, ours))).ShouldBeRefused(409, "APPLICATION_OPEN");
    }

    [Fact]
    public async Task An_agent_applies_for_a_customer_who_then_sees_it()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await CreateAsync(server);
        var agent = await server.Lender.AddUserAsync(Role.Agent);
        var client = agent;
        var id = (await client.PostAsync("user/request-loan", With(product, ("customerId", applying.Applicant.UserId))))
            .ShouldSucceed()
            .GetProperty("loanDetails")
            .GetProperty("id")
            .GetGuid();
        var details = await applying.DetailsAsync(id);
        details.GetProperty("loanRequestUserId").GetGuid().ShouldBe(agent.UserId);
        details.GetProperty("email").GetString().ShouldStartWith($"{applying.Applicant.UserId}");
    }

    /// <summary>ListRequestedApplications, and GetApplication for agents.</summary>
    [Fact]
    public async Task An_agent_sees_the_applications_that_they_made_and_no_others()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await CreateAsync(server);
        var own = await applying.RequestAsync(product);
        var client = await server.Lender.AddUserAsync(Role.Agent);
        var colleague = await server.Lender.AddUserAsync(Role.Agent);
        var made = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            var other = await server.Lender.AddProductAsync();
            made.Add(
                (await client.PostAsync("user/request-loan", With(other, ("customerId", applying.Applicant.UserId))))
                    .ShouldSucceed()
                    .GetProperty("loanDetails")
                    .GetProperty("id")
                    .GetGuid()
            );
        }

        var listed = (await client.GetAsync("user/requested-applications?size=2"))
            .ShouldSucceed()
            .EnumerateArray()
            .Select(one => one.GetProperty("loanDetails").GetProperty("id").GetGuid())
            .ToList();
        listed.ShouldBe([made[2], made[1]]);
        (await colleague.GetAsync("user/requested-applications")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        (await client.GetAsync($"user/loan-application-details/{made[0]}")).ShouldSucceed();
        var unknown = (await client.GetAsync($"user/loan-application-details/{server.Ids.Next()}")).ShouldBeRefused(
            404,
            "NOT_FOUND"
        );
        (await client.GetAsync($"user/loan-application-details/{own}")).Body.ShouldBe(unknown.Body);
        (await colleague.GetAsync($"user/loan-application-details/{made[0]}")).Body.ShouldBe(unknown.Body);
    }

    [Fact]
    public async Task Two_hundred_retries_with_one_key_make_one_application()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await CreateAsync(server);
        var request = RequestFor(product);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(_ => applying.Applicant.PostAsync("user/request-loan", request, "one-key"))
        );
        answers.Select(answer => answer.Body).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => !answer.IsReplayed).ShouldBe(1);
        (await CountAsync(applying)).ShouldBe(1);
    }

    [Fact]
    public async Task Concurrent_requests_leave_one_open_application()
    {
        var product = await server.Lender.AddProductAsync();
        var applying = await CreateAsync(server);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(i => applying.Applicant.PostAsync("user/request-loan", RequestFor(product), $"at-once-{i}"))
        );
        answers.Count(answer => answer.Code is null).ShouldBe(1);
        answers
            .Where(answer => answer.Code is not null)
            .ShouldAllBe(answer => answer.Code == "APPLICATION_OPEN" || answer.Code == "SERVICE_UNAVAILABLE");
        (await CountAsync(applying)).ShouldBe(1);
    }

    private Task<long> CountAsync(TestApplication applying) =>
        server.ScalarAsync<long>(
            "select count(*) from loan_application where customer_id = $1",
            applying.Applicant.UserId
        );

    private async Task<LoanProduct> AddAsync(Func<LoanProduct, LoanProduct> change) =>
        await server.Lender.AddProductAsync(change(TestProducts.Salary));

    private static async Task<string> ReasonOfAsync(
        TestApplication applying,
        LoanProduct product,
        params (string Name, object? Value)[] changes
    ) =>
        (await applying.DetailsAsync(await applying.RequestAsync(product, changes)))
            .GetProperty("reason")
            .GetString()
            .ShouldNotBeNull();
}
