"""Given names that are common where people live who take part in studies in Britain and Ireland: one list, by group.

Written from general knowledge for this project, copied from no register and no other program's list. It is short: a
name that is not here is proposed only where something else tells it (a title, a speaker's label, "my name is"). How
many names it finds of each group is measured in docs/names.md. The groups are rough, for that table alone: many names
belong to several, and a name says nothing of the one who has it.
"""

import unicodedata
from functools import lru_cache

from qualcode.folding import STROKES

GROUPS: dict[str, str] = {
    "British": """
        Aaron Abigail Adam Adrian Agnes Alan Albert Alex Alexander Alexandra Alfie Alfred Alice Alison Amanda Amelia
        Amy Andrea Andrew Andy Angela Anita Ann Anna Anne Annette Annie Anthony Antony Archie Arthur Ashley Audrey
        Barbara Barry Beatrice Becky Ben Benjamin Bernard Beryl Beth Bethany Betty Beverley Bob Brenda Brian Bruce
        Callum Cameron Carl Carol Caroline Catherine Cathy Charles Charlie Charlotte Cheryl Chloe Chris Christian
        Christine Christopher Claire Clare Clive Colin Connie Connor Craig Daisy Dan Daniel Danielle Danny Darren Dave
        David Deborah Debbie Debra Denise Dennis Derek Diana Diane Donald Donna Doreen Doris Dorothy Douglas Duncan
        Dylan Edith Edward Eileen Elaine Eleanor Elizabeth Ella Ellen Ellie Elliot Elsie Emily Emma Eric Erin Ernest
        Esther Ethan Eva Eve Evelyn Evie Fiona Florence Fran Frances Francis Frank Fred Freddie Freya Gail Gareth
        Garry Gary Gavin Gemma Geoff Geoffrey George Georgia Georgina Gerald Gerard Gillian Gina Glen Gloria Gordon
        Graham Greg Gwen Hannah Harriet Harry Harvey Hayley Hazel Heather Helen Henry Hilary Howard Hugh Ian Irene
        Iris Isabel Isabella Isla Isobel Ivy Jack Jackie Jacob Jacqueline Jade Jake James Jamie Jan Jane Janet Janice
        Jasmine Jason Jayne Jean Jeff Jeffrey Jennifer Jenny Jeremy Jess Jessica Jill Jim Jimmy Joan Joanna Joanne Joe
        Joel John Jon Jonathan Jordan Joseph Josh Joshua Joy Joyce Judith Judy Julia Julian Julie June Justin Karen
        Kate Katherine Kathleen Kathryn Kathy Katie Kay Keith Kelly Ken Kenneth Kerry Kevin Kieran Kim Kirsty Kyle
        Laura Lauren Lee Leah Leanne Len Leo Leon Leonard Lesley Leslie Lewis Liam Lilian Lily Linda Lindsay Lisa Liz
        Lorna Lorraine Louis Louise Lucas Lucy Luke Lydia Lyn Lynda Lynn Lynne Maddie Maisie Malcolm Marc Marcus
        Margaret Maria Marian Marie Marilyn Marion Mark Marjorie Martha Martin Mary Mathew Matt Matthew Maureen
        Maurice Mavis Max Maxine Megan Mel Melanie Melissa Michael Michelle Mick Mike Mildred Millie Miranda Moira
        Molly Monica Muriel Nancy Naomi Natalie Natasha Nathan Neil Nellie Nicholas Nick Nicky Nicola Nigel Noah Noel
        Nora Norma Norman Oliver Olivia Oscar Owen Pam Pamela Pat Patricia Patrick Paul Paula Pauline Peggy Penelope
        Penny Peter Phil Philip Phillip Phoebe Phyllis Poppy Rachel Ralph Ray Raymond Rebecca Reg Reginald Rhona
        Richard Rita Rob Robert Robin Roger Ron Ronald Rosalind Rose Rosemary Rosie Ross Roy Ruby Rupert Russell Ruth
        Ryan Sally Sam Samantha Samuel Sandra Sara Sarah Scott Sean Sharon Shaun Sheila Shelley Shirley Sid Sidney
        Simon Sonia Sophia Sophie Stacey Stan Stanley Stella Stephanie Stephen Steve Steven Stewart Stuart Sue Susan
        Susanna Suzanne Sylvia Tanya Ted Terence Teresa Terry Thelma Theresa Thomas Tim Timothy Tina Toby Tom Tommy
        Tony Tracey Tracy Trevor Valerie Vanessa Vera Veronica Vicky Victor Victoria Vincent Violet Viv Vivien Walter
        Wayne Wendy Will William Willow Winifred Yvonne Zara Zoe April Amber Archer Bill Billy Bobby Bonnie Bradley
        Carrie Carter Cherry Chuck Clay Cliff Crystal Dale Dawn Dean Drew Faith Fay Felicity Finn Forest Gene Gil
        Ginger Grace Grant Guy Hal Holly Honey Hope Hunter Jay Jewel Joey Josie Kit Lance Laurel Liberty Lottie Mason
        Mae May Melody Mercy Miles Misty Myrtle Nell Noreen Norris Olive Pearl Pip Prudence Rex Rich Rick Ricky River
        Robyn Rod Rodney Rosa Rowan Rusty Sandy Savannah Scarlett Serena Sky Skye Sonny Spencer Summer Susie Tess Vic
        Wes Winston Woody
    """,
    "Irish, Scottish and Welsh": """
        Aidan Ailsa Aine Aisling Alasdair Aled Angus Anwen Aoife Blair Blathnaid Bran Breda Bridget Bridie Bronagh
        Bronwen Brid Caitlin Caoimhe Carys Cathal Catriona Ceri Cerys Ciara Ciaran Cillian Clodagh Colm Conall Conor
        Cormac Dafydd Darragh Declan Deirdre Delyth Dermot Dewi Diarmuid Dilys Donal Donncha Eamon Eamonn Eilidh Eilis
        Eimear Eithne Eleri Elin Elwyn Emer Emyr Eoghan Eoin Euan Ewan Fergal Fergus Ffion Finlay Finbar Fionn
        Fionnuala Geraint Gethin Glenys Grainne Gregor Gwenllian Gwilym Gwyneth Gwynfor Hamish Heledd Huw Iain Ieuan
        Ifan Iolo Ishbel Islwyn Iwan Kenna Kirsteen Lachlan Llinos Lleucu Llewellyn Lowri Mairead Mairi Malachy Mared
        Marged Meinir Meirion Mhairi Morag Morgan Morwenna Muireann Murdo Myfanwy Nerys Nia Niall Niamh Nuala Oisin
        Oonagh Orla Osian Padraig Padraic Phelim Rhian Rhiannon Rhodri Rhys Roisin Rory Ruairi Ruaridh Saoirse Seamus
        Seonaid Shane Shauna Shona Sian Sinead Siobhan Sioned Sorcha Steffan Tadhg Tegan Tomos Tudur Una Wynford
    """,
    "South Asian": """
        Aarav Aarti Aditi Aditya Ajay Akash Alok Amar Amit Amrit Amrita Anand Ananya Anil Anjali Ankit Anoop Anuradha
        Aparna Aravind Arjun Arun Asha Ashok Avinash Balbir Baljit Balvinder Bhavesh Bhavna Chandra Chetan Daljit
        Deepa Deepak Deepika Devi Dhruv Dilip Dinesh Divya Gagan Ganesh Gaurav Geeta Girish Gita Gopal Gurdeep
        Gurpreet Hari Harish Harjit Harpreet Harsha Hema Hemant Indira Inderjit Jagdish Jaspreet Jasvinder Jaswinder
        Jatin Jaya Jayesh Jyoti Kamal Kamala Kavita Ketan Kiran Kishore Krishna Kuldeep Kulwinder Kumar Lakshmi Lalit
        Lata Leela Madhu Mahesh Malini Mandeep Manish Manisha Manjit Manoj Maya Meena Meera Mohan Mohini Mukesh Nalini
        Nandini Naresh Narinder Naveen Neelam Neha Nikhil Nirmala Nisha Nitin Padma Parminder Parvati Pooja Prakash
        Pranav Prasad Praveen Preeti Prem Priti Priya Priyanka Radha Rahul Raj Raja Rajan Rajesh Rajinder Rajiv Rakesh
        Ram Ramesh Rani Ranjit Rashmi Ravi Reena Rekha Renu Rishi Ritu Rohan Rohit Roopa Sachin Sandeep Sandhya
        Sangeeta Sanjay Sanjiv Santosh Sapna Sarita Saroj Satish Savita Seema Shanti Sharmila Sheetal Shilpa Shiv
        Shobha Shreya Shyam Simran Sita Smita Sneha Subhash Sudha Sukhdev Sukhjit Suman Sunil Sunita Suresh Surinder
        Sushila Swati Tarun Tejal Uma Usha Vandana Varun Vasanti Vidya Vijay Vikram Vimla Vinay Vinod Vishal Vivek
        Yash Yogesh
    """,
    "Muslim (South Asian, Arab, Turkish, Persian)": """
        Aaliyah Abbas Abdallah Abdul Abdullah Abu Adeel Adnan Afshan Afzal Ahmad Ahmed Aisha Akbar Akram Ali Alia
        Aliya Ameena Amina Amir Amira Amna Anwar Arif Arslan Asad Asif Asim Asma Ather Atif Ayaan Ayesha Aylin Ayse
        Azhar Aziz Azra Babak Basheer Bashir Bibi Bilal Burak Can Cem Cemal Dalia Dariush Daud Deniz Dina Ebru Elif
        Emine Emre Esra Fadi Fahad Faisal Faiza Faizan Farah Fareed Farhan Farhana Farid Farida Farooq Farrukh Faruq
        Fatema Fathima Fatih Fatima Fatma Fawzia Fazal Feroz Fouzia Ghazala Ghulam Habib Habiba Hafsa Hakan Halima
        Hamid Hamida Hamza Hanan Hanif Haroon Hasan Hassan Hatice Hiba Huda Humera Hussain Hussein Ibrahim Idris Ikram
        Imad Imran Iqbal Irfan Ismail Jamal Jamila Javed Kamran Karim Karima Kashif Kemal Khadija Khadijah Khaled
        Khalid Khalil Laila Latif Layla Leila Leyla Mahmood Mahmoud Majid Malik Mansoor Mariam Maryam Masood Mehdi
        Mehmet Mehmood Mehwish Mina Mohamed Mohammad Mohammed Mohsin Mona Mubarak Mudassar Muhammad Mumtaz Munir Murad
        Musa Mustafa Nabeel Nabila Nadeem Nadia Nadir Naeem Nahid Naima Najma Nasim Nasir Nasreen Nasser Naveed Nazia
        Nazir Nida Noor Noura Nusrat Omar Osman Ozlem Parveen Parviz Qasim Rabia Rafiq Rahim Rana Rania Rashid Rashida
        Rasheed Razia Rehana Rehman Reza Riaz Rizwan Rubina Rukhsana Saad Sabina Sabir Sabrina Sadia Saeed Safia Saima
        Sajid Salah Saleem Salim Salma Sami Samina Samir Samira Sana Saqib Selin Selma Shabana Shabnam Shafiq Shagufta
        Shahid Shahida Shahnaz Shakeel Shakila Shamim Shaukat Shazia Sheikh Shirin Siddiq Sohail Soraya Suleiman
        Sultan Sultana Sumaya Sumaira Syed Tahir Tahira Talat Tariq Tasneem Tayyab Tehmina Umar Umm Usman Waheed Walid
        Waqar Waseem Yahya Yasin Yasmeen Yasmin Yasser Yilmaz Younis Yousef Yusuf Zafar Zahid Zahra Zaid Zain Zainab
        Zaheer Zakir Zarina Zeeshan Zeynep Zia Zubair Zulfiqar
    """,
    "African and Caribbean": """
        Abebe Abena Abimbola Abiola Abioye Ada Adaeze Adama Adanna Ade Adebayo Adeola Adesola Adisa Adjoa Adwoa Afia
        Afua Akinyi Akosua Akua Akwasi Almaz Ama Amadi Amadou Amara Aminata Ann-Marie Anthea Asante Awa Ayanda Ayo
        Ayodele Ayomide Babatunde Bamidele Bevon Binta Blessing Bola Bukola Bunmi Busisiwe Chiamaka Chidi Chidinma
        Chika Chike Chinedu Chinonso Chinwe Chioma Chukwu Chukwuemeka Cleopatra Clinton Cynthia Damilola Dayo Delroy
        Desmond Desta Dwayne Ebele Ebony Efua Ekow Emeka Enitan Errol Esi Everton Fatou Femi Fitzroy Folake Folasade
        Funmi Funmilayo Garfield Gbenga Genevieve Gifty Girma Gladstone Glenroy Hailu Ife Ifeanyi Ifeoma Ijeoma Ikenna
        Imani Isatou Jabari Jamelia Jelani Jomo Junior Kadiatu Kagiso Kamau Keisha Kelechi Kemi Keshia Khadim Kingsley
        Kofi Kojo Kwabena Kwaku Kwame Kwasi Kweku Kwesi Latisha Latoya Lebo Leroy Lerato Lindiwe Lungile Makena
        Mamadou Mandla Marlon Marva Merlene Modupe Mohau Monique Mpho Mwangi Nana Ndidi Neville Ngozi Nia Njeri Nkechi
        Nkosana Nneka Nnamdi Nokuthula Nomsa Nomvula Ntombi Nyasha Obi Obinna Ogechi Okechukwu Olabisi Oladele Olamide
        Olu Olufemi Olumide Oluwaseun Oluwatobi Oluwaseyi Omolara Onyeka Ousmane Patience Precious Rasheeda Rohan
        Rufaro Samba Seun Seyi Shanice Shaniqua Shantelle Sharlene Sibusiso Sipho Sizwe Tafari Taiwo Tamika Tanisha
        Tapiwa Tatenda Tariro Temitope Tendai Thabo Thandi Thandiwe Themba Tinashe Tobi Tolu Tope Tunde Tyrone Uche
        Uchenna Wambui Wanjiru Wangari Winnifred Yaa Yaw Yemi Yetunde Yinka Yohannes Zanele Zodwa
    """,
    "Somali, Ethiopian and Eritrean": """
        Abdi Abdirahman Abdirizak Abdullahi Abdulkadir Aden Ahmednur Amal Anab Asha Asli Ayaan Ayan Bahar Berhane
        Bashe Deeqa Dahabo Dawit Faduma Farhiya Fartun Fathiya Fatuma Fawsia Filsan Fowsiya Gebre Genet Guled Haben
        Hani Hawa Hibaq Hiwot Hodan Hodo Idil Ifrah Ikran Ilhan Iman Jama Kidane Ladan Liban Luul Mahad Meron Mohamud
        Mulu Muna Nimco Omar Rahma Sagal Sahra Samatar Saynab Selam Semhar Senait Shukri Sucaad Tesfaye Tigist Tsegay
        Ubah Warsame Yasir Yonas Yodit Zahara Zamzam
    """,
    "Polish and East European": """
        Agata Agnieszka Aleksander Aleksandra Alicja Andrei Andrzej Aneta Aniela Ania Anya Artur Barbora Bartosz Beata
        Biljana Bogdan Boris Bozena Branko Catalin Cezary Cristina Czeslaw Damian Danuta Dariusz Darius Dawid Dmitri
        Dmitry Dominik Dorota Dragan Edyta Elena Elzbieta Emilia Ewa Ferenc Filip Florin Galina Gheorghe Goran Grazyna
        Grzegorz Halina Henryk Igor Ilona Ioana Ion Ireneusz Irina Ivan Ivana Iwona Iza Izabela Jacek Jadwiga Jakub
        Jana Janusz Jaroslaw Jelena Jerzy Jolanta Jozef Justyna Kamil Karolina Kasia Katarzyna Kazimierz Kinga Konrad
        Krystyna Krzysztof Ksenia Larisa Laszlo Lech Leszek Ludmila Lukasz Maciej Magda Magdalena Malgorzata Marcin
        Marek Mariusz Marta Mateusz Michal Mihai Milan Milena Milos Mirek Miroslaw Monika Nadezhda Natalia Natasza
        Nikola Oksana Oleg Olena Olga Ondrej Patryk Pavel Pawel Petr Petra Piotr Przemyslaw Radek Radoslaw Rafal
        Razvan Renata Roman Roxana Ryszard Sasha Sergei Sergiu Slawomir Sorin Stanislaw Stefan Svetlana Szymon Tadeusz
        Tamara Tatiana Tomasz Urszula Vasile Vesna Vladimir Waldemar Wanda Wieslaw Wiktor Wioletta Witold Wojciech
        Yulia Zbigniew Zdenka Zofia Zoltan Zuzanna
    """,
    "Portuguese, Spanish, Italian and French": """
        Adriana Alejandra Alejandro Alessandra Alessandro Alfonso Alvaro Amelie Ana Andre Andres Angelo Antoine
        Antonella Antonia Antonio Beatriz Benoit Blanca Bruno Camila Camille Carla Carlos Carmen Carolina Catalina
        Catarina Cecilia Celine Chantal Chiara Claudia Claudio Concepcion Consuelo Cristian Cristiano Daniela Diego
        Dolores Domingo Duarte Eduardo Elisa Emilio Enrique Enzo Ernesto Esperanza Esteban Estela Fabio Fabrizio
        Federica Federico Felipe Fernanda Fernando Filipa Filipe Flavia Florian Francesca Francesco Francisca
        Francisco Franco Francois Frederic Gabriel Gabriela Giacomo Gianni Giorgio Giovanni Giulia Giuseppe Gonzalo
        Guadalupe Guillaume Guillermo Gustavo Helena Henrique Ignacio Ines Inmaculada Isaac Jacques Javier Jerome
        Jesus Joana Joao Joaquim Joaquin Jorge Jose Josefa Juan Juana Julien Julieta Julio Laurent Leandro Leonardo
        Leticia Lorena Lorenzo Luca Lucia Luciana Luigi Luis Luisa Luiz Manuel Manuela Marcela Marcelo Marco Margarida
        Marguerite Mariana Mario Mariana Marisa Marisol Martina Massimo Mateo Mathieu Matteo Mauricio Mercedes Miguel
        Monserrat Nathalie Nicolas Nuno Octavio Odile Oscar Pablo Paola Paolo Pascal Patrizia Paulo Pedro Philippe
        Pierre Pilar Rafael Ramon Raquel Raul Renato Ricardo Roberto Rocio Rodrigo Rogerio Rosario Rui Salvador
        Santiago Sebastian Sergio Silvia Simone Sofia Soledad Susana Teodoro Thiago Thierry Tiago Valentina Valeria
        Vasco Veronique Vicente Victoria Vinicius Vitor Ximena Xavier Yolanda Yves
    """,
    "Chinese, Vietnamese and other East Asian": """
        Akiko Akira Anh Bao Binh Bo Chen Cheng Chi Chien Chun Cuong Dung Duc Duong Emi Fang Feng Fen Fumiko Guang Guo
        Ha Hai Hana Hang Hanh Hao Haruto Hieu Hiroshi Hoa Hoang Hong Hua Hui Hung Huong Huy Hye-jin Jia Jian Jiang Jie
        Jin Jing Ji-woo Jun Junko Kaito Kazuko Keiko Kenji Khanh Khoa Kiyoshi Kumiko Lan Lei Li Lien Lin Ling Linh Liu
        Loan Long Mai Makoto Mei Mi Midori Min Min-jun Ming Minh Na Nam Nga Ngoc Nguyen Nhung Ning Noriko Peng Phuc
        Phuong Ping Qiang Qing Quan Quang Quoc Quynh Rong Ryo Sakura Satoshi Seo-yeon Shan Shu Song Sora Soo-jin
        Takashi Takeshi Tam Tao Thanh Thao Thi Thu Thuy Tien Ting Toan Tomoko Trang Tran Trinh Trung Truong Tuan Tuyen
        Tuyet Van Viet Vinh Wei Wen Xia Xiao Xin Xiu Xue Yan Yang Yi Ying Yoko Yong Yoshiko Yu Yuan Yue Yuki Yuko Yun
        Zhen Zheng Zhi Arnel Bayani Divina Imelda Jejomar Jhon Jocelyn Ligaya Lourdes Luzviminda Marites Maricel
        Marilou Rizalina Rodel Rowena Somchai Somsak Wichai
    """,
}
"""Group -> its names, apart by blanks."""

_ALSO_WORDS = """
    amber angel april archer art ashley august autumn basil bill billy bishop bob bonnie boy brook buddy bunny can
    carol carter cat charity chase chastity cherry chi chip christian chuck clay cliff clove colt coral crystal daisy
    dale dan dawn dean deacon dee den dennis destiny diamond di dolly don dot drew duke earl ebony ed eve faith fay
    fawn fern finn flora forest frank gail gale garnet gay gene gil ginger glen grace grant guy ha hai hal hale
    harmony hank harry haven hazel heath heather heaven holly honey hong hope hung hunter iris ivy jack jade jan
    jasmine jay jean jewel jesus jimmy job jo john johnny josh joy june junior justice king kingsley kit lance lane
    lark laurel lee liberty lily link long love mae major marina mark mason matt maverick max may melody mercy mi mick
    mike miles min mini misty mona myrtle na nan nana nancy nap nick noble noel norm norman olive opal oral page paris
    pansy pat patience patty pearl peg pen penny peter petal petunia pip piper poppy precious prince prudence queen
    rain ram rand randy raven ray red reed rex rich rick river rob robin rock rod roman rose rosemary rowan ruby rusty
    ruth sage sally sandy savannah scarlet scott see shan sheikh sky skip song sonny spencer stan star sterling storm
    stuart su sue sultan summer sunny ted temperance terry thu tim to tom tony trinity troy true umm unique van vera
    verity vic victor viola violet wade walker ward warren wen will win winter wish woody yang yen yes young yu
    blessing shelley ade alma asha bo bran chen cheng chun clinton cookie devi dung fang fen guild han hui jin jing
    jun kay kelly ling lin lech leo malt marina maya mel mia moll mo nell nova obi olga phil ping quan reg ross sal
    sam sasha shu sid sora soledad sol sonia tam tan tao ting tien tobi toby tonga una val via wei wanda wan xiu yan
    yi ying yun ion tope rani raja rana bibi zen laurent wes ali lan li loan mai mei nam nga lien jie ma an em ellie
"""
"""Names that are words as well, or so short that many a sound is written like them: proposed with a capital only."""


@lru_cache(maxsize=1 << 15)
def plain(word: str) -> str:
    """A word as the list compares it: small, without accents."""
    bare = "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))
    return bare.casefold().translate(STROKES)


NAMES: frozenset[str] = frozenset(plain(name) for names in GROUPS.values() for name in names.split())
"""All names, as `plain` has them."""

ALSO_WORDS: frozenset[str] = frozenset(_ALSO_WORDS.split()) & NAMES
"""Those that are also words."""
